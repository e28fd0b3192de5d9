// Logits of llama.cpp for random models of every architecture and tensor type: one model lies in the tree, the others
// in the shared data.
#include <QTest>

#include "tests/engine/model/model_helpers.h"
#include "tests/support/test_paths.h"

using namespace lemma;
using namespace lemma::engine;
using namespace lemma::tests;

namespace {

// The golden logits are rounded to float32 and so are the reference's activations: about 24 bits over some dozen
// operators, that is 1e-13 in a squared error. 1e-9 is what the issue asks for.
constexpr double referenceLimit = 1e-9;

// llama.cpp's own error with quantised activations, from the README beside the logits. Types that it does not give are
// held to the figure of their nearest kin.
double fastLimit(const std::string& model)
{
    const std::pair<const char*, double> limits[] = {
        {"Q4_K_M", 2.7e-4}, {"Q5_K_M", 2.8e-4}, {"Q6_K", 2.8e-4},   {"Q8_0", 1.3e-4},   {"Q4_0", 1.5e-4},
        {"Q2_K", 2.6e-4},   {"IQ4_XS", 2.5e-4}, {"BF16", 1.1e-5},   {"f16", 1.1e-5},    {"Q4_1", 1.5e-4},
        {"Q5_0", 1.5e-4},   {"Q5_1", 1.5e-4},   {"Q3_K_M", 2.6e-4}, {"IQ4_NL", 1.5e-4}, {"IQ3_S", 2.6e-4}};
    for (const auto& [type, limit] : limits) {
        if (model.ends_with(type))
            return limit;
    }
    return 0;
}

} // namespace

class GoldenLogitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logits_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("model");
        const std::filesystem::path data = LEMMA_TEST_DATA_DIR "/golden";
        QTest::newRow("in the tree") << QString::fromStdString(data.string()) << QString("tiny-llama-Q4_K_M");
        const std::filesystem::path shared = sharedDirectory() / "data/golden";
        for (const char* model :
             {"tiny-llama-f16", "tiny-qwen2-f16", "tiny-qwen3-f16", "tiny-deepseek2-f16", "tiny-llama-BF16",
              "tiny-llama-Q8_0", "tiny-llama-Q6_K", "tiny-llama-Q5_K_M", "tiny-llama-Q5_0", "tiny-llama-Q5_1",
              "tiny-llama-Q4_K_M", "tiny-llama-Q4_0", "tiny-llama-Q4_1", "tiny-llama-IQ4_XS", "tiny-llama-IQ4_NL",
              "tiny-llama-Q3_K_M", "tiny-llama-IQ3_S", "tiny-llama-Q2_K"})
            QTest::newRow(model) << QString::fromStdString(shared.string()) << QString(model);
    }

    void logits()
    {
        QFETCH(QString, folder);
        QFETCH(QString, model);
        const std::filesystem::path root(folder.toStdString());
        const std::string name = model.toStdString();
        std::filesystem::path file = root / (name + ".gguf");
        std::filesystem::path golden = root / (name + ".f32");
        if (!std::filesystem::exists(file)) {
            file = root / "models" / (name + ".gguf");
            golden = root / "logits" / (name + ".f32");
        }
        if (!std::filesystem::exists(file))
            QSKIP("the shared data is not here");
        const std::vector<float> expected = readFloats(golden);
        QCOMPARE(expected.size(), std::size_t{16 * 512});

        std::vector<float> exact = expected;
        if (name.ends_with("f16")) // the logits of the same weights without llama.cpp's rounding to half floats
            exact = readFloats(LEMMA_TEST_DATA_DIR "/golden/" + name.substr(0, name.size() - 3) + "float-weights.f32");
        QCOMPARE(exact.size(), expected.size());
        const std::vector<float> reference = run(file, Precision::Reference, kernels::KvType::F32);
        const double fast = normalizedError(run(file, Precision::Fast, kernels::KvType::F32), expected);
        const double fastHalf = normalizedError(run(file, Precision::Fast, kernels::KvType::F16), expected);
        qInfo("%-20s reference %.1e   fast %.1e   fast, F16 cache %.1e   (limit %.1e)", name.c_str(),
              normalizedError(reference, exact), fast, fastHalf, fastLimit(name));
        QVERIFY(normalizedError(reference, exact) <= referenceLimit);
        QVERIFY(normalizedError(reference, expected) <= 2e-6); // the rounding of F16 models; see the README of the data
        QVERIFY(fast <= fastLimit(name));
        QVERIFY(fastHalf <= fastLimit(name));
    }

private:
    // Zeros after an error, which fail every comparison.
    std::vector<float> run(const std::filesystem::path& file, Precision precision, kernels::KvType cache)
    {
        auto model = loadModel(GgufFile::open(file), m_pool, precision);
        auto logits = model ? allLogits(**model, goldenTokens, cache) : Result<std::vector<float>>(fail(model.error()));
        if (logits)
            return *std::move(logits);
        qWarning("%s", logits.error().message.c_str());
        return std::vector<float>(goldenTokens.size() * 512);
    }

    ThreadPool m_pool{2};
};

QTEST_APPLESS_MAIN(GoldenLogitsTest)
#include "golden_logits_test.moc"
