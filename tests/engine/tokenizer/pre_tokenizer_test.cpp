#include <chrono>
#include <fstream>

#include <QTest>
#include <nlohmann/json.hpp>

#include "engine/tokenizer/pre_tokenizer.h"
#include "engine/tokenizer/pre_tokenizer_patterns.h"

using namespace lemma::engine;
using Pieces = std::vector<std::string>;

namespace {

Pieces split(const PreTokenizer& preTokenizer, std::string_view text)
{
    Pieces pieces;
    preTokenizer.split(text, [&](std::string_view piece) { pieces.emplace_back(piece); });
    return pieces;
}

const std::vector<std::string> names = {"qwen2",        "deepseek-r1-qwen", "llama-bpe", "deepseek-v3",
                                        "deepseek-llm", "smollm",           "gpt-2"};

} // namespace

class PreTokenizerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // tests/data/tokenizer/pieces.json is made by render_pieces.py from Hugging Face's tokenizers.
    void cutsAsPublished_data()
    {
        QTest::addColumn<std::string>("name");
        for (const std::string& name : names)
            QTest::newRow(name.c_str()) << name;
    }
    void cutsAsPublished()
    {
        QFETCH(std::string, name);
        std::ifstream in(LEMMA_TEST_DATA_DIR "/tokenizer/pieces.json");
        const auto golden = nlohmann::json::parse(in);
        const auto& expected = golden.at("pieces").at(name == "deepseek-r1-qwen" ? "qwen2" : name);
        const auto preTokenizer = PreTokenizer::create(name);
        QVERIFY(preTokenizer.has_value());
        QVERIFY(expected.size() > 50);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto pieces = split(*preTokenizer, golden.at("texts").at(i).get<std::string>());
            QVERIFY2(nlohmann::json(pieces) == expected.at(i),
                     qPrintable(QString::fromStdString(nlohmann::json(pieces).dump() + " instead of " +
                                                       expected.at(i).dump())));
        }
    }

    void bytesThatAreNotUtf8AreTheirOwnPieces()
    {
        for (const std::string& name : names) {
            const auto preTokenizer = PreTokenizer::create(name);
            QCOMPARE(split(*preTokenizer, "ab\xFF\xFE"
                                          "cd\xE2\x82"),
                     (Pieces{"ab", "\xFF\xFE", "cd", "\xE2\x82"}));
            QCOMPARE(split(*preTokenizer, "\x80"), (Pieces{"\x80"}));
        }
    }

    // Patterns that backtrack for each start would need hours here.
    void longRunsTakeLinearTime()
    {
        constexpr std::size_t size = 2'000'000;
        std::string wide;
        while (wide.size() < size)
            wide += "\u3000";
        for (const std::string& name : names) {
            const auto preTokenizer = PreTokenizer::create(name);
            for (const std::string& text :
                 {std::string(size, ' ') + "京", std::string(size, ' ') + "a" + std::string(size, ' '),
                  std::string(size, 'a'), std::string(size, '\n') + " x", std::string(size, '!') + "a", wide + "京"}) {
                const auto begin = std::chrono::steady_clock::now();
                std::size_t total = 0;
                preTokenizer->split(text, [&](std::string_view piece) { total += piece.size(); });
                QCOMPARE(total, text.size());
                QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
            }
        }
    }
};

QTEST_APPLESS_MAIN(PreTokenizerTest)
#include "pre_tokenizer_test.moc"
