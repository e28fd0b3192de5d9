#include <random>

#include <QTest>

#include "engine/base/utf8.h"
#include "engine/chat/stream_splitter.h"

using namespace lemma::engine;

namespace {

constexpr TokenId textToken = 1;
constexpr TokenId openToken = 2;
constexpr TokenId closeToken = 3;

struct Split {
    std::string thought;
    std::string answer;
    int ends = 0;
    bool inOrder = true; // no thought after the end of the thought, no answer before

    friend bool operator==(const Split&, const Split&) = default;
};

void collect(Split& split, const std::vector<StreamPiece>& pieces)
{
    for (const StreamPiece& piece : pieces) {
        if (utf8Sanitized(piece.text) != piece.text || piece.beginToken > piece.endToken)
            split.inOrder = false;
        if (piece.channel == StreamChannel::ThoughtEnd) {
            ++split.ends;
            split.inOrder = split.inOrder && split.answer.empty() && piece.text.empty();
        } else if (piece.channel == StreamChannel::Thought) {
            split.inOrder = split.inOrder && split.ends == 0 && split.answer.empty() && !piece.text.empty();
            split.thought += piece.text;
        } else {
            split.inOrder = split.inOrder && !piece.text.empty();
            split.answer += piece.text;
        }
    }
}

// The parts as tokens of a vocabulary without tags.
Split splitText(const std::vector<std::string>& parts, bool opened)
{
    StreamSplitter splitter({opened, std::nullopt, std::nullopt});
    Split split;
    for (const std::string& part : parts)
        collect(split, splitter.push(textToken, part));
    collect(split, splitter.finish());
    return split;
}

// Whether `joined` is `input` with some of its tags left out.
bool isWithoutSomeTags(std::string_view joined, std::string_view input)
{
    if (input.empty())
        return joined.empty();
    for (const std::string_view tag : {"<think>", "</think>"})
        if (input.starts_with(tag) && isWithoutSomeTags(joined, input.substr(tag.size())))
            return true;
    return !joined.empty() && joined.front() == input.front() && isWithoutSomeTags(joined.substr(1), input.substr(1));
}

// The text as tokens of a vocabulary with tags: every tag one token, every other byte another.
Split splitTokens(const std::string& text, bool opened)
{
    StreamSplitter splitter({opened, openToken, closeToken});
    Split split;
    for (std::size_t i = 0; i < text.size();) {
        const auto rest = std::string_view(text).substr(i);
        const bool opens = rest.starts_with("<think>");
        const bool closes = rest.starts_with("</think>");
        const std::size_t length = opens ? 7 : closes ? 8 : 1;
        collect(split, splitter.push(opens ? openToken : closes ? closeToken : textToken, rest.substr(0, length)));
        i += length;
    }
    collect(split, splitter.finish());
    return split;
}

} // namespace

class StreamSplitterTest : public QObject {
    Q_OBJECT

    void addRows()
    {
        QTest::addColumn<bool>("opened");
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("thought");
        QTest::addColumn<std::string>("answer");
        QTest::addColumn<bool>("ends");
        const auto row = [](const char* name, bool opened, const char* text, const char* thought, const char* answer,
                            bool ends) {
            QTest::newRow(name) << opened << std::string(text) << std::string(thought) << std::string(answer) << ends;
        };
        row("opened by the prompt", true, "a\n</think>\n\nb", "a\n", "\n\nb", true);
        row("opened in the output", false, "<think>\na\n</think>\n\nb", "\na\n", "\n\nb", true);
        row("opened after white space", false, " \n<think>a</think>b", " \na", "b", true);
        row("opened twice", true, "<think>\na</think>b", "<think>\na", "b", true);
        row("only closed", false, "a</think>b", "", "a</think>b", false);
        row("never closed", true, "a\nb", "a\nb", "", false);
        row("opened and never closed", false, "<think>a", "a", "", false);
        row("closing tag cut off", true, "a</thin", "a</thin", "", false);
        row("opening tag cut off", false, "<thin", "", "<thin", false);
        row("no thought", false, "just text", "", "just text", false);
        row("nothing", false, "", "", "", false);
        row("nothing in a thought", true, "", "", "", false);
        row("white space only", false, " \n ", "", " \n ", false);
        row("empty thought", false, "<think></think>b", "", "b", true);
        row("empty thought of Qwen3", false, "<think>\n\n</think>\n\nb", "\n\n", "\n\nb", true);
        row("empty thought opened by the prompt", true, "</think>b", "", "b", true);
        row("no answer", true, "a</think>", "a", "", true);
        row("white space answer", true, "a</think>\n", "a", "\n", true);
        row("not quite tags", true, "a<think>b</thin>c< / think></Think></think>d",
            "a<think>b</thin>c< / think></Think>", "d", true);
        row("tags begin again and again", true, "<<</</th</think>b", "<<</</th", "b", true);
        row("tag in prose of the answer", false, "The tag <think> opens", "", "The tag <think> opens", false);
        row("tags in code of the answer", true, "a</think>```\n<think>x</think>\n```", "a",
            "```\n<think>x</think>\n```", true);
        row("closing tag in a code fence", true, "see\n```\nx</think>y\n```\nso</think>b",
            "see\n```\nx</think>y\n```\nso", "b", true);
        row("closing tag right after a code fence", true, "```\nx\n```\n</think>b", "```\nx\n```\n", "b", true);
        row("closing tag in a span", true, "the `</think>` tag\n</think>b", "the `</think>` tag\n", "b", true);
        row("several blocks", true, "a</think>\n<think>b</think>c", "a\nb", "c", true);
        row("a block after the answer", true, "a</think>b<think>c</think>d", "a", "b<think>c</think>d", true);
        row("several closing tags", true, "a</think></think>b", "a", "</think>b", true);
        row("full-width special tokens", true, "<｜User｜>a</think><｜end▁of▁sentence｜>", "<｜User｜>a",
            "<｜end▁of▁sentence｜>", true);
        row("characters of many bytes", true, "∀ε>0 😶‍🌫️</think>∃δ 数学", "∀ε>0 😶‍🌫️",
            "∃δ 数学", true);
    }

private Q_SLOTS:
    void splitsText_data() { addRows(); }
    // Cut into three parts at every pair of places, and byte by byte.
    void splitsText()
    {
        QFETCH(bool, opened);
        QFETCH(std::string, text);
        QFETCH(std::string, thought);
        QFETCH(std::string, answer);
        QFETCH(bool, ends);
        const Split expected{thought, answer, ends ? 1 : 0, true};
        for (std::size_t i = 0; i <= text.size(); ++i)
            for (std::size_t j = i; j <= text.size(); ++j)
                if (splitText({text.substr(0, i), text.substr(i, j - i), text.substr(j)}, opened) != expected)
                    QFAIL(qPrintable(QString("cut at %1 and %2").arg(i).arg(j)));
        std::vector<std::string> bytes;
        for (const char c : text)
            bytes.emplace_back(1, c);
        const Split split = splitText(bytes, opened);
        QCOMPARE(split.thought, thought);
        QCOMPARE(split.answer, answer);
        QVERIFY(split == expected);
    }

    void splitsTokens_data() { addRows(); }
    void splitsTokens()
    {
        QFETCH(bool, opened);
        QFETCH(std::string, text);
        QFETCH(std::string, thought);
        QFETCH(std::string, answer);
        QFETCH(bool, ends);
        const Split split = splitTokens(text, opened);
        QCOMPARE(split.thought, thought);
        QCOMPARE(split.answer, answer);
        QCOMPARE(split.ends, ends ? 1 : 0);
        QVERIFY(split.inOrder);
    }

    void spelledTagsAreTextWhereTagsAreTokens()
    {
        StreamSplitter splitter({true, openToken, closeToken});
        Split split;
        for (const char* part : {"a", "</think>", "b", "</th", "ink>"})
            collect(split, splitter.push(textToken, part));
        collect(split, splitter.push(closeToken, "</think>"));
        collect(split, splitter.push(textToken, "<think>"));
        collect(split, splitter.push(textToken, "c"));
        collect(split, splitter.finish());
        QVERIFY((split == Split{"a</think>b</think>", "<think>c", 1, true}));
    }

    // Random text from the parts that matter: all cuts agree, and nothing is lost but the tags that counted.
    void everyCutOfRandomTextAgrees()
    {
        const std::vector<std::string> parts = {"<think>",  "</think>", "<",  "/think>", "`", "```",
                                                "\n",       " ",        "a",  "é",       "😀", "\xFF",
                                                "\xE2\x82", "~~~",      "</", "think>"};
        std::mt19937 random(3);
        for (int round = 0; round < 3000; ++round) {
            std::string text;
            for (auto n = random() % 14; n > 0; --n)
                text += parts[random() % parts.size()];
            const bool opened = random() % 2 == 0;
            const Split whole = splitText({text}, opened);
            QVERIFY(whole.inOrder);
            std::vector<std::string> pieces;
            for (std::size_t i = 0; i < text.size();) {
                const std::size_t length = 1 + random() % 5;
                pieces.push_back(text.substr(i, length));
                i += length;
            }
            QVERIFY(splitText(pieces, opened) == whole);
            QVERIFY2(isWithoutSomeTags(whole.thought + whole.answer, utf8Sanitized(text)), text.c_str());
            if (!opened && text.find("<think>") == std::string::npos)
                QCOMPARE(whole.answer, utf8Sanitized(text));
        }
    }

    void piecesComeAsEarlyAsTheyAreCertain()
    {
        StreamSplitter splitter({true, std::nullopt, std::nullopt});
        const auto push = [&](const char* bytes) { return splitter.push(textToken, bytes); };
        QCOMPARE(push("so"), (std::vector<StreamPiece>{{StreamChannel::Thought, "so", 0, 1}}));
        QCOMPARE(push(" x<"), (std::vector<StreamPiece>{{StreamChannel::Thought, " x", 1, 2}}));
        QCOMPARE(push("y"), (std::vector<StreamPiece>{{StreamChannel::Thought, "<y", 1, 3}}));
        QCOMPARE(push("\xE2\x82"), std::vector<StreamPiece>{});
        QCOMPARE(push("\xAC</thi"), (std::vector<StreamPiece>{{StreamChannel::Thought, "€", 3, 5}}));
        QCOMPARE(push("nk>"), std::vector<StreamPiece>{});
        QVERIFY(!splitter.insideThought());
        QCOMPARE(push("\n\n"), std::vector<StreamPiece>{});
        QCOMPARE(push("A"), (std::vector<StreamPiece>{{StreamChannel::ThoughtEnd, "", 0, 6},
                                                      {StreamChannel::Answer, "\n\nA", 6, 8}}));
        QCOMPARE(push("<think>"), (std::vector<StreamPiece>{{StreamChannel::Answer, "<think>", 8, 9}}));
        QCOMPARE(push("\xE2"), std::vector<StreamPiece>{});
        QCOMPARE(splitter.finish(), (std::vector<StreamPiece>{{StreamChannel::Answer, "\uFFFD", 9, 10}}));
    }

    void aThoughtCanBeClosedFromOutside()
    {
        StreamSplitter splitter({true, openToken, closeToken});
        splitter.push(textToken, "```\nunclosed code"); // no closing tag would count here
        QCOMPARE(splitter.push(textToken, "\xE2"), std::vector<StreamPiece>{});
        QCOMPARE(splitter.closeThought(3), (std::vector<StreamPiece>{{StreamChannel::Thought, "\uFFFD", 1, 2}}));
        QVERIFY(!splitter.insideThought());
        QCOMPARE(
            splitter.push(textToken, "answer"),
            (std::vector<StreamPiece>{{StreamChannel::ThoughtEnd, "", 0, 5}, {StreamChannel::Answer, "answer", 5, 6}}));
        QCOMPARE(splitter.closeThought(1), std::vector<StreamPiece>{}); // there is none
    }
};

QTEST_APPLESS_MAIN(StreamSplitterTest)
#include "stream_splitter_test.moc"
