// Sequences under the model: fork, rewind and a full cache give what a fresh run gives, bit for bit.
#include <QTest>

#include "tests/engine/model/model_helpers.h"
#include "tests/engine/model/variants.h"

using namespace lemma;
using namespace lemma::engine;
using namespace lemma::tests;

class SequenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char* architecture : {"llama", "deepseek2"}) {
            m_bytes.push_back(randomModel({.architecture = architecture}).bytes());
            auto model = loadModel(m_bytes.back(), m_pool, Precision::Fast);
            QVERIFY2(model, model ? "" : model.error().message.c_str());
            m_models.push_back(*std::move(model));
        }
    }

    void forkAndGoOn()
    {
        for (const auto& model : m_models) {
            const auto cache = KvCache::create(model->config(), {.pageTokens = 8});
            for (const std::size_t shared : {0u, 1u, 7u, 8u, 9u, 24u}) {
                Sequence trunk = (*cache)->newSequence();
                if (shared > 0)
                    run(*model, trunk, first(shared));
                Result<Sequence> branch = trunk.fork();
                QVERIFY(branch);
                QCOMPARE(branch->length(), static_cast<int>(shared));
                // Both go on, in turns and differently: neither may see the other's tokens.
                run(*model, *branch, other(10));
                run(*model, trunk, from(shared, 10));
                const std::vector<float> branchLogits = run(*model, *branch, other(5));
                const std::vector<float> trunkLogits = run(*model, trunk, from(shared + 10, 5));
                QVERIFY(trunkLogits == fresh(*model, trunk.tokens()));
                QVERIFY(branchLogits == fresh(*model, branch->tokens()));
                QVERIFY(branchLogits != trunkLogits);
            }
            QCOMPARE((*cache)->bytesUsed(), std::size_t{0}); // every sequence gave its pages back
        }
    }

    void rewindAndGoOn()
    {
        for (const auto& model : m_models) {
            const auto cache = KvCache::create(model->config(), {.pageTokens = 8});
            for (const int position : {0, 1, 7, 8, 9, 29, 30, 99}) {
                Sequence sequence = (*cache)->newSequence();
                run(*model, sequence, first(30));
                const Result<Sequence> kept = sequence.fork(); // its pages must not change
                sequence.rewind(position);
                QCOMPARE(sequence.length(), std::min(position, 30));
                const std::vector<float> logits = run(*model, sequence, other(12));
                QVERIFY(logits == fresh(*model, sequence.tokens()));
                Result<Sequence> again = kept->fork();
                const std::vector<float> logitsAgain = run(*model, *again, other(3));
                QVERIFY(logitsAgain == fresh(*model, again->tokens()));
            }
        }
    }

    void fullCache()
    {
        const auto& model = m_models.front();
        for (int pages = 1; pages <= 6; ++pages) {
            const auto cache = KvCache::create(model->config(), {.maxTokens = pages * 4, .pageTokens = 4});
            Sequence sequence = (*cache)->newSequence();
            std::vector<float> logits;
            int read = 0;
            for (;; ++read) {
                const Model::BatchItem item{.sequence = &sequence, .tokens = from(static_cast<std::size_t>(read), 1)};
                const Result<void> result = model->forward({&item, 1}, logits);
                if (!result) {
                    QVERIFY(result.error().code == ErrorCode::OutOfMemory);
                    const std::string expected = "all " + std::to_string(pages) + " pages of 4 tokens";
                    QVERIFY2(result.error().message.find(expected) != std::string::npos,
                             result.error().message.c_str());
                    break;
                }
            }
            QCOMPARE(read, pages * 4);
            QCOMPARE(sequence.length(), pages * 4); // as before the failed call
            // Room again: the sequence goes on as if nothing had happened.
            sequence.rewind(pages * 4 - 3);
            logits = run(*model, sequence, other(2));
            QVERIFY(logits == fresh(*model, sequence.tokens()));
        }
    }

    // A batch that does not fit as a whole leaves all of its sequences as they were.
    void fullCacheInABatch()
    {
        const auto& model = m_models.front();
        const auto cache = KvCache::create(model->config(), {.maxTokens = 16, .pageTokens = 4});
        Sequence a = (*cache)->newSequence();
        Sequence b = (*cache)->newSequence();
        run(*model, a, first(4));
        run(*model, b, first(6));
        const std::size_t used = (*cache)->bytesUsed();
        std::vector<float> logits;
        const Model::BatchItem batch[] = {{.sequence = &a, .tokens = from(4, 2)},
                                          {.sequence = &b, .tokens = from(6, 4)}};
        QVERIFY(model->forward(batch, logits).error().code == ErrorCode::OutOfMemory);
        QCOMPARE(a.length(), 4);
        QCOMPARE(b.length(), 6);
        QCOMPARE((*cache)->bytesUsed(), used);
        logits = run(*model, a, from(4, 1));
        QVERIFY(logits == fresh(*model, a.tokens()));
    }

    void invalidBatches()
    {
        const auto& model = m_models.front();
        const auto cache = KvCache::create(model->config(), {});
        const auto otherCache = KvCache::create(m_models.back()->config(), {});
        Sequence sequence = (*cache)->newSequence();
        Sequence stranger = (*otherCache)->newSequence();
        const std::vector<TokenId> tooLarge{1, 96};
        const std::vector<TokenId> negative{-1};
        std::vector<float> logits;
        const auto refused = [&](std::vector<Model::BatchItem> batch) {
            const Result<void> result = model->forward(batch, logits);
            return !result && result.error().code == ErrorCode::InvalidArgument;
        };
        QVERIFY(refused({}));
        QVERIFY(refused({{.sequence = nullptr, .tokens = first(1)}}));
        QVERIFY(refused({{.sequence = &sequence, .tokens = {}}}));
        QVERIFY(refused({{.sequence = &sequence, .tokens = tooLarge}}));
        QVERIFY(refused({{.sequence = &sequence, .tokens = negative}}));
        QVERIFY(refused({{.sequence = &stranger, .tokens = first(1)}}));
        QVERIFY(refused({{.sequence = &sequence, .tokens = first(1)}, {.sequence = &sequence, .tokens = first(1)}}));
        QCOMPARE(sequence.length(), 0);
    }

private:
    std::span<const TokenId> from(std::size_t begin, std::size_t count) const
    {
        return std::span(m_tokens).subspan(begin, count);
    }
    std::span<const TokenId> first(std::size_t count) const { return from(0, count); }
    std::span<const TokenId> other(std::size_t count) const { return from(60, count); }

    static std::vector<float> run(Model& model, Sequence& sequence, std::span<const TokenId> tokens)
    {
        const Model::BatchItem item{.sequence = &sequence, .tokens = tokens};
        std::vector<float> logits;
        const Result<void> result = model.forward({&item, 1}, logits);
        return result ? logits : std::vector<float>{};
    }

    // Logits of the last token, in one call into a cache of its own with another page size.
    static std::vector<float> fresh(Model& model, const std::vector<TokenId>& tokens)
    {
        const auto cache = KvCache::create(model.config(), {});
        Sequence sequence = (*cache)->newSequence();
        return run(model, sequence, tokens);
    }

    ThreadPool m_pool{2};
    const std::vector<TokenId> m_tokens = randomTokens(100);
    std::vector<std::vector<std::byte>> m_bytes;
    std::vector<std::unique_ptr<Model>> m_models;
};

QTEST_APPLESS_MAIN(SequenceTest)
#include "sequence_test.moc"
