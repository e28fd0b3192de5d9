// The forward pass over random models of every architecture: the two precisions agree, variants of a file agree, and a
// result does not depend on chunks, threads, pages or company, bit for bit.
#include <QTest>

#include "tests/engine/model/model_helpers.h"
#include "tests/engine/model/variants.h"

using namespace lemma;
using namespace lemma::engine;
using namespace lemma::tests;

using kernels::KvType;

class ForwardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fastAgreesWithReference_data() { variants(); }
    void fastAgreesWithReference()
    {
        QFETCH(int, variant);
        const RandomModel shape = modelVariants()[static_cast<std::size_t>(variant)].second;
        const std::vector<float> reference = run(shape, Precision::Reference, KvType::F32);
        const std::vector<float> fast = run(shape, Precision::Fast, KvType::F32);
        const double error = normalizedError(fast, reference);
        qInfo("%.1e", error);
        // Float weights meet float activations: only the order of sums differs, 1e-7 relative each over some twenty
        // operators. With Q8_0 the activations are int8 in blocks of 32: the step is the largest value / 127, about
        // 2.1 / 127 deviations, and its error step / sqrt(12), so 2.3e-5 of the squared norm for each of some twenty
        // products in a row. With experts, those near the limit of being chosen change places as well.
        const bool experts = shape.architecture == "deepseek2";
        QVERIFY(error < (shape.type == kernels::TensorType::F32 ? 1e-10 : experts ? 4e-3 : 1e-3));
    }

    void variantsOfOneModelAgree()
    {
        const auto reference = [&](const RandomModel& shape) { return run(shape, Precision::Reference, KvType::F32); };
        // Absorbed and unsplit projections are the same sums in another order.
        const std::vector<float> recent = reference({.architecture = "deepseek2"});
        const std::vector<float> old = reference({.architecture = "deepseek2", .oldLatent = true});
        qInfo("deepseek2, old file against new file: %.1e", normalizedError(old, recent));
        QVERIFY(normalizedError(old, recent) < 1e-11);
        const std::vector<float> fused = reference({.architecture = "deepseek2", .fusedGateUp = true});
        QVERIFY(fused == recent);
        QVERIFY(reference({.architecture = "qwen2", .fusedQkv = true}) == reference({.architecture = "qwen2"}));
        // The factors must have an effect: otherwise this test could not fail.
        QVERIFY(reference({.ropeFactors = true}) != reference({}));
        QVERIFY(reference({.architecture = "deepseek2", .yarn = false}) != recent);
    }

    void chunksAndPagesDoNotMatter_data() { variants(); }
    void chunksAndPagesDoNotMatter()
    {
        QFETCH(int, variant);
        const RandomModel shape = modelVariants()[static_cast<std::size_t>(variant)].second;
        const std::vector<std::byte> bytes = randomModel(shape).bytes();
        for (const Precision precision : {Precision::Reference, Precision::Fast}) {
            const auto model = loadModel(bytes, m_pool, precision);
            QVERIFY2(model, model ? "" : model.error().message.c_str());
            const std::vector<TokenId> tokens = randomTokens(precision == Precision::Fast ? 70 : 20);
            const auto whole = allLogits(**model, tokens, KvType::F16);
            QVERIFY(whole);
            for (const std::size_t chunk : {1u, 2u, 3u, 16u, 33u}) {
                for (const int pageTokens : {1, 5, 32, 64}) {
                    const auto logits = allLogits(**model, tokens, KvType::F16, chunk, pageTokens);
                    QVERIFY(logits && *logits == *whole);
                }
            }
        }
    }

    void threadsDoNotMatter_data() { variants(); }
    void threadsDoNotMatter()
    {
        QFETCH(int, variant);
        const RandomModel shape = modelVariants()[static_cast<std::size_t>(variant)].second;
        const std::vector<std::byte> bytes = randomModel(shape).bytes();
        std::vector<float> first;
        for (const int threads : {1, 2, 3, 5}) {
            ThreadPool pool(threads);
            const auto model = loadModel(bytes, pool, Precision::Fast);
            const auto logits = allLogits(**model, randomTokens(50), KvType::F16);
            QVERIFY(logits);
            if (first.empty())
                first = *logits;
            QVERIFY(*logits == first);
        }
    }

    void companyDoesNotMatter_data() { variants(); }
    void companyDoesNotMatter()
    {
        QFETCH(int, variant);
        const RandomModel shape = modelVariants()[static_cast<std::size_t>(variant)].second;
        const std::vector<std::byte> bytes = randomModel(shape).bytes();
        const auto model = loadModel(bytes, m_pool, Precision::Fast);
        const auto cache = KvCache::create((*model)->config(), {.pageTokens = 8});
        const std::vector<TokenId> tokens = randomTokens(60);
        const std::span<const TokenId> all(tokens);

        // Three sequences of unequal length, then a batch that continues all of them.
        std::vector<Sequence> sequences;
        std::vector<float> alone;
        for (const std::size_t length : {7u, 20u, 40u}) {
            Sequence& sequence = sequences.emplace_back((*cache)->newSequence());
            std::vector<float> logits;
            QVERIFY(forward(**model, sequence, all.first(length), logits));
            Result<Sequence> branch = sequence.fork();
            QVERIFY(branch && forward(**model, *branch, continuation(all, length), logits));
            alone.insert(alone.end(), logits.begin(), logits.end());
        }
        std::vector<Model::BatchItem> batch;
        for (std::size_t i = 0; i < 3; ++i) {
            const auto length = static_cast<std::size_t>(sequences[i].length());
            batch.push_back({.sequence = &sequences[i], .tokens = continuation(all, length)});
        }
        std::vector<float> together;
        QVERIFY((*model)->forward(batch, together));
        QVERIFY(together == alone);
    }

private:
    static std::span<const TokenId> continuation(std::span<const TokenId> all, std::size_t length)
    {
        return all.subspan(length, std::min(length, all.size() - length));
    }

    static void variants()
    {
        QTest::addColumn<int>("variant");
        int index = 0;
        for (const auto& [name, shape] : modelVariants())
            QTest::newRow(name.c_str()) << index++;
    }

    std::vector<float> run(const RandomModel& shape, Precision precision, KvType type)
    {
        const std::vector<std::byte> bytes = randomModel(shape).bytes();
        const auto model = loadModel(bytes, m_pool, precision);
        if (!model) {
            qWarning("%s", model.error().message.c_str());
            return std::vector<float>(1, 0);
        }
        return *allLogits(**model, randomTokens(24), type);
    }

    static bool forward(Model& model, Sequence& sequence, std::span<const TokenId> tokens, std::vector<float>& logits)
    {
        const Model::BatchItem item{.sequence = &sequence, .tokens = tokens};
        return model.forward({&item, 1}, logits).has_value();
    }

    ThreadPool m_pool{2};
};

QTEST_APPLESS_MAIN(ForwardTest)
#include "forward_test.moc"
