#include <QTest>

#include "engine/base/utf8.h"
#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/detokenizer.h"

using namespace lemma::engine;

class DetokenizerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joinsCharactersThatTokensCut()
    {
        Utf8Stream stream;
        QCOMPARE(stream.push("a\xF0\x9F"), std::string("a"));
        QCOMPARE(stream.push("\x98"), std::string());
        QCOMPARE(stream.push("\x80z"), std::string("😀z"));
        QCOMPARE(stream.flush(), std::string());
    }

    void replacesWhatNeverBecomesACharacter()
    {
        Utf8Stream stream;
        QCOMPARE(stream.push("a\xF0\x9F"), std::string("a"));
        QCOMPARE(stream.push("b"), std::string("\uFFFDb"));
        QCOMPARE(stream.push("\xFF"), std::string("\uFFFD"));
        QCOMPARE(stream.push("\xE2\x82"), std::string());
        QCOMPARE(stream.flush(), std::string("\uFFFD"));
        QCOMPARE(stream.flush(), std::string());
    }

    void everyCutGivesTheSameText()
    {
        const std::string text = "Größe ≤ 3, 😶‍🌫️ 数学\xE2\x82 end\xC3";
        const std::string expected = utf8Sanitized(text);
        for (std::size_t i = 0; i <= text.size(); ++i)
            for (std::size_t j = i; j <= text.size(); ++j) {
                Utf8Stream stream;
                std::string joined;
                for (const std::string& part : {text.substr(0, i), text.substr(i, j - i), text.substr(j)}) {
                    const std::string piece = stream.push(part);
                    QCOMPARE(utf8CompletePrefix(piece), piece.size());
                    joined += piece;
                }
                QCOMPARE(joined + stream.flush(), expected);
            }
    }

    void streamsTokens()
    {
        TokenizerDefinition definition;
        definition.preTokenizer = "gpt-2";
        for (int byte = 0; byte < 256; ++byte)
            definition.tokens.push_back(byteSpelling(static_cast<std::uint8_t>(byte)));
        definition.tokens.emplace_back("<end>");
        definition.kinds.assign(256, TokenKind::Normal);
        definition.kinds.push_back(TokenKind::Control);
        const auto tokenizer = Tokenizer::fromDefinition(definition);
        QVERIFY(tokenizer.has_value());

        Detokenizer detokenizer(*tokenizer);
        QCOMPARE(detokenizer.push(0xC3), std::string());
        QCOMPARE(detokenizer.push(0xA9), std::string("é"));
        QCOMPARE(detokenizer.push(256), std::string("<end>"));
        QCOMPARE(detokenizer.push(4000), std::string()); // no such token
        QCOMPARE(detokenizer.push(-1), std::string());
        QCOMPARE(detokenizer.push(0xC3), std::string());
        QCOMPARE(detokenizer.flush(), std::string("\uFFFD"));
    }
};

QTEST_APPLESS_MAIN(DetokenizerTest)
#include "detokenizer_test.moc"
