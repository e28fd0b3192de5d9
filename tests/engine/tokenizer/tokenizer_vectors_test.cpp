// Real vocabularies against the test vectors of llama.cpp (models/ggml-vocab-*.gguf.inp and .out).

#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include <QTest>

#include "engine/gguf/gguf_file.h"
#include "tests/support/hugging_face_tokenizer.h"
#include "tests/support/test_paths.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

// A file of the tree, or else of the shared data.
std::filesystem::path locate(const std::filesystem::path& name)
{
    const auto inTree = std::filesystem::path(LEMMA_TEST_DATA_DIR) / "tokenizer" / name.filename();
    return std::filesystem::exists(inTree) ? inTree : sharedDirectory() / "data" / "tokenizers" / name;
}

std::string readFile(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> readInputs(const std::filesystem::path& file)
{
    const std::string text = readFile(file);
    const std::string separator = "\n__ggml_vocab_test__\n";
    std::vector<std::string> inputs;
    std::size_t begin = 0;
    for (std::size_t end = text.find(separator); end != std::string::npos; end = text.find(separator, begin)) {
        inputs.push_back(text.substr(begin, end - begin));
        begin = end + separator.size();
    }
    return inputs;
}

std::vector<std::vector<TokenId>> readOutputs(const std::filesystem::path& file)
{
    std::istringstream lines(readFile(file));
    std::vector<std::vector<TokenId>> outputs;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream numbers(line);
        outputs.emplace_back(std::istream_iterator<TokenId>(numbers), std::istream_iterator<TokenId>());
    }
    return outputs;
}

} // namespace

class TokenizerVectorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matchesLlamaCpp_data()
    {
        QTest::addColumn<QString>("vocabulary");
        QTest::addColumn<QString>("preTokenizer");
        QTest::addColumn<QString>("vectors");
        QTest::newRow("qwen2") << "qwen3.tokenizer.json.xz"
                               << "qwen2"
                               << "ggml-vocab-qwen2.gguf";
        QTest::newRow("deepseek-r1-qwen") << "qwen3.tokenizer.json.xz"
                                          << "deepseek-r1-qwen"
                                          << "ggml-vocab-qwen2.gguf";
        QTest::newRow("llama-bpe") << "llama3.tokenizer.json.xz"
                                   << "llama-bpe"
                                   << "ggml-vocab-llama-bpe.gguf";
        QTest::newRow("deepseek-llm") << "deepseek-llm.reduced.tokenizer.json"
                                      << "deepseek-llm"
                                      << "ggml-vocab-deepseek-llm.gguf";
    }
    void matchesLlamaCpp()
    {
        QFETCH(QString, vocabulary);
        QFETCH(QString, preTokenizer);
        QFETCH(QString, vectors);
        const Tokenizer* tokenizer = load(vocabulary, preTokenizer);
        if (tokenizer == nullptr)
            QSKIP(qPrintable(m_reason));

        const std::string base = "vectors/" + vectors.toStdString();
        compare(*tokenizer, readInputs(locate(base + ".inp")), readOutputs(locate(base + ".out")));
    }

    void starterModelMatchesLlamaCpp()
    {
        const auto file = GgufFile::open(starterModel());
        if (!file || file->string("tokenizer.ggml.pre") != "smollm")
            QSKIP("no starter model");
        const auto tokenizer = Tokenizer::fromGguf(*file);
        QVERIFY2(tokenizer.has_value(), tokenizer ? "" : tokenizer.error().message.c_str());
        // All vectors of llama.cpp have the same texts; one was another when these were made.
        auto inputs = readInputs(locate("vectors/ggml-vocab-deepseek-llm.gguf.inp"));
        inputs.at(1) = "Führer";
        compare(*tokenizer, inputs, readOutputs(locate("vectors/ggml-vocab-smollm.gguf.out")));
        QCOMPARE(tokenizer->eos(), tokenizer->find("<|im_end|>"));
        QVERIFY(tokenizer->isEndOfGeneration(*tokenizer->find("<|im_end|>")));
        QVERIFY(tokenizer->isEndOfGeneration(*tokenizer->find("<|endoftext|>")));
        QVERIFY(!tokenizer->isEndOfGeneration(*tokenizer->find("<|im_start|>")));
        QVERIFY(!tokenizer->addBos());
    }

    void randomBytesRoundTrip_data()
    {
        QTest::addColumn<QString>("vocabulary");
        QTest::addColumn<QString>("preTokenizer");
        QTest::newRow("qwen2") << "qwen3.tokenizer.json.xz"
                               << "qwen2";
        QTest::newRow("llama-bpe") << "llama3.tokenizer.json.xz"
                                   << "llama-bpe";
        QTest::newRow("deepseek-v3") << "deepseek_v3.tokenizer.json.xz"
                                     << "deepseek-v3";
    }
    void randomBytesRoundTrip()
    {
        QFETCH(QString, vocabulary);
        QFETCH(QString, preTokenizer);
        const Tokenizer* tokenizer = load(vocabulary, preTokenizer);
        if (tokenizer == nullptr)
            QSKIP(qPrintable(m_reason));
        std::mt19937 random(7);
        for (int i = 0; i < 2000; ++i) {
            std::string text(random() % 60, '\0');
            // Half of the texts have many bytes of longer characters, so that some of those come out whole.
            for (char& c : text)
                c = static_cast<char>(i % 2 == 0 ? random() : (random() % 3 == 0 ? 0xC3 : 0x80 + random() % 64));
            QCOMPARE(tokenizer->decode(tokenizer->encode(text, SpecialTokens::AsText)), text);
            QCOMPARE(tokenizer->decode(tokenizer->encode(text, SpecialTokens::Parse)), text);
        }
    }

    void specialTokensOnlyWhereAllowed()
    {
        const Tokenizer* qwen = load("qwen3.tokenizer.json.xz", "qwen2");
        if (qwen == nullptr)
            QSKIP(qPrintable(m_reason));
        const TokenId start = *qwen->find("<|im_start|>");
        const TokenId end = *qwen->find("<|im_end|>");
        const TokenId think = *qwen->find("<think>");
        const auto hi = qwen->encode("hi", SpecialTokens::AsText);
        QCOMPARE(qwen->encode("<|im_start|>hi<|im_end|>", SpecialTokens::Parse),
                 (std::vector<TokenId>{start, hi[0], end}));
        const auto asText = qwen->encode("<|im_start|>hi<|im_end|>", SpecialTokens::AsText);
        QVERIFY(std::find(asText.begin(), asText.end(), start) == asText.end());
        QVERIFY(std::find(asText.begin(), asText.end(), end) == asText.end());
        // A user-defined token of the vocabulary is found in all text.
        QCOMPARE(qwen->kind(think), TokenKind::UserDefined);
        QCOMPARE(qwen->encode("<think>", SpecialTokens::AsText), std::vector<TokenId>{think});

        const Tokenizer* deepseek = load("deepseek_v3.tokenizer.json.xz", "deepseek-v3");
        QVERIFY(deepseek != nullptr);
        QCOMPARE(deepseek->encode("<｜end▁of▁sentence｜>", SpecialTokens::Parse), std::vector<TokenId>{1});
        QCOMPARE(deepseek->decode(deepseek->encode("<｜end▁of▁sentence｜>", SpecialTokens::AsText)),
                 std::string("<｜end▁of▁sentence｜>"));
    }

private:
    static void compare(const Tokenizer& tokenizer, const std::vector<std::string>& inputs,
                        const std::vector<std::vector<TokenId>>& outputs)
    {
        QVERIFY(inputs.size() >= 40);
        QCOMPARE(inputs.size(), outputs.size());
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const auto ids = tokenizer.encode(inputs[i], SpecialTokens::AsText);
            QVERIFY2(ids == outputs[i], qPrintable(QString("vector %1").arg(i)));
            QCOMPARE(tokenizer.decode(ids), inputs[i]);
        }
    }

    // nullptr, with a reason, where the vocabulary is not there.
    const Tokenizer* load(const QString& file, const QString& preTokenizer)
    {
        const std::string key = (file + preTokenizer).toStdString();
        if (const auto known = m_loaded.find(key); known != m_loaded.end())
            return known->second.get();
        auto definition = readHuggingFaceTokenizer(locate(file.toStdString()), preTokenizer.toStdString());
        if (!definition) {
            m_reason = QString::fromStdString(definition.error().message);
            return nullptr;
        }
        auto tokenizer = Tokenizer::fromDefinition(*std::move(definition));
        if (!tokenizer)
            qFatal("%s", tokenizer.error().message.c_str());
        return (m_loaded[key] = std::make_unique<Tokenizer>(*std::move(tokenizer))).get();
    }

    std::map<std::string, std::unique_ptr<Tokenizer>> m_loaded;
    QString m_reason;
};

QTEST_APPLESS_MAIN(TokenizerVectorsTest)
#include "tokenizer_vectors_test.moc"
