// Megabytes of text that each pre-tokenizer with its vocabulary encodes in a second, on one thread. The text is the
// repository's own source and documentation with the many-script texts of the tests in between.
//
//     ctest -L bench -R tokenizer -V

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>

#include <QTest>
#include <nlohmann/json.hpp>

#include "tests/support/hugging_face_tokenizer.h"
#include "tests/support/test_paths.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

std::string manyScripts()
{
    std::ifstream in(LEMMA_TEST_DATA_DIR "/tokenizer/pieces.json");
    std::string text;
    for (const auto& line : nlohmann::json::parse(in).at("texts"))
        text += line.get<std::string>() + '\n';
    return text;
}

std::string benchmarkText()
{
    const auto root = std::filesystem::path(LEMMA_TEST_DATA_DIR).parent_path().parent_path();
    const std::string scripts = manyScripts();
    std::string text;
    for (const char* folder : {"engine", "kernels", "tutor", "assistant", "app", "tests"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h")
                continue;
            std::ifstream in(entry.path(), std::ios::binary);
            text.append(std::istreambuf_iterator<char>(in), {});
            text += scripts;
        }
    while (text.size() < 8'000'000)
        text += text;
    return text;
}

double secondsFor(const Tokenizer& tokenizer, const std::string& text, std::size_t& count)
{
    const auto begin = std::chrono::steady_clock::now();
    count = tokenizer.encode(text, SpecialTokens::Parse).size();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

class TokenizerBenchmark : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!std::filesystem::is_directory(sharedDirectory() / "data" / "tokenizers"))
            QSKIP("no shared data");
    }

    void encodesFast_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("preTokenizer");
        QTest::newRow("qwen2") << "qwen3"
                               << "qwen2";
        QTest::newRow("llama-bpe") << "llama3"
                                   << "llama-bpe";
        QTest::newRow("deepseek-v3") << "deepseek_v3"
                                     << "deepseek-v3";
        // The vocabularies of these are not shared; another one shows the cost of their patterns.
        QTest::newRow("deepseek-llm") << "deepseek_v3"
                                      << "deepseek-llm";
        QTest::newRow("smollm") << "llama3"
                                << "smollm";
        QTest::newRow("gpt-2") << "llama3"
                               << "gpt-2";
    }
    void encodesFast()
    {
        QFETCH(QString, file);
        QFETCH(QString, preTokenizer);
        const auto path = sharedDirectory() / "data" / "tokenizers" / (file.toStdString() + ".tokenizer.json.xz");
        auto definition = readHuggingFaceTokenizer(path, preTokenizer.toStdString());
        if (!definition)
            QSKIP(definition.error().message.c_str());
        const auto begin = std::chrono::steady_clock::now();
        const auto tokenizer = Tokenizer::fromDefinition(*std::move(definition));
        const double loading = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        QVERIFY(tokenizer.has_value());

        static const std::string text = benchmarkText();
        std::size_t count = 0;
        double best = secondsFor(*tokenizer, text, count);
        for (int i = 0; i < 2; ++i)
            best = std::min(best, secondsFor(*tokenizer, text, count));
        const double megabytes = static_cast<double>(text.size()) / 1e6;
        std::printf("%-14s %6.1f MB/s  (%.1f MB, %zu tokens, tables built in %.0f ms)\n", qPrintable(preTokenizer),
                    megabytes / best, megabytes, count, loading * 1e3);
        QVERIFY(megabytes / best > 5);
    }

    void longPiecesAreNotQuadratic_data() { encodesFast_data(); }
    void longPiecesAreNotQuadratic()
    {
        QFETCH(QString, file);
        QFETCH(QString, preTokenizer);
        const auto path = sharedDirectory() / "data" / "tokenizers" / (file.toStdString() + ".tokenizer.json.xz");
        auto definition = readHuggingFaceTokenizer(path, preTokenizer.toStdString());
        if (!definition)
            QSKIP(definition.error().message.c_str());
        const auto tokenizer = Tokenizer::fromDefinition(*std::move(definition));
        for (const char c : {'a', ' ', '\n', '!', '7'}) {
            std::size_t count = 0;
            const double seconds = secondsFor(*tokenizer, std::string(10'000'000, c), count);
            std::printf("%-14s 10 MB of '%c': %.2f s, %zu tokens\n", qPrintable(preTokenizer), c == '\n' ? 'n' : c,
                        seconds, count);
            QVERIFY(seconds < 60);
        }
    }
};

QTEST_APPLESS_MAIN(TokenizerBenchmark)
#include "tokenizer_benchmark.moc"
