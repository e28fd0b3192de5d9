#include <QTest>

#include "kernels/cpu/cpu_kernels.h"
#include "tests/kernels/support/random_weights.h"

#include <cmath>
#include <cstring>

using namespace lemma::kernels;
using lemma::kernels::cpu::CpuKernels;
using lemma::tests::randomFloats;

Q_DECLARE_METATYPE(const CpuKernels*)
Q_DECLARE_METATYPE(AttentionShape)

namespace {

// A cache filled with random keys and values, its pages scattered over the memory.
struct Cache {
    std::vector<std::vector<std::byte>> storage;
    std::vector<const std::byte*> keyPages;
    std::vector<const std::byte*> valuePages;
    KvPages pages;

    Cache(const AttentionShape& shape, KvType type, std::int64_t pageTokens, std::int64_t positions,
          float deviation = 1.0F)
    {
        const std::int64_t keyRow = shape.kvHeads * shape.keyDimension;
        const std::int64_t valueRow = shape.kvHeads * shape.valueDimension;
        for (std::int64_t start = 0; start < positions; start += pageTokens) {
            addPage(type, pageTokens * keyRow, static_cast<unsigned>(2 * start + 1), deviation);
            addPage(type, pageTokens * valueRow, static_cast<unsigned>(2 * start + 2), 1.0F);
        }
        for (std::size_t i = 0; i < storage.size(); i += 2) {
            keyPages.push_back(storage[i].data());
            valuePages.push_back(storage[i + 1].data());
        }
        pages = {type,   pageTokens,         keyPages.data(), valuePages.data(),
                 keyRow, shape.keyDimension, valueRow,        shape.valueDimension};
    }

    void addPage(KvType type, std::int64_t count, unsigned seed, float deviation)
    {
        const std::vector<float> values = randomFloats(static_cast<std::size_t>(count), seed, deviation);
        std::vector<std::byte> page(values.size() * (type == KvType::F16 ? 2 : 4));
        if (type == KvType::F16) {
            cpu::runnableKernels().front()->storeHalf(values.data(), count, page.data());
        } else {
            std::memcpy(page.data(), values.data(), page.size());
        }
        storage.push_back(std::move(page));
    }
};

std::vector<float> attend(const CpuKernels& kernels, const AttentionShape& shape, const Cache& cache,
                          const std::vector<float>& queries, std::int64_t firstPosition, std::int64_t tokens)
{
    std::vector<float> output(static_cast<std::size_t>(tokens * shape.queryHeads * shape.valueDimension));
    std::vector<float> scratch;
    kernels.attention(shape, cache.pages, queries.data(), firstPosition, 0, tokens, 0, shape.kvHeads, output.data(),
                      scratch);
    return output;
}

std::vector<float> makeQueries(const AttentionShape& shape, std::int64_t tokens)
{
    return randomFloats(static_cast<std::size_t>(tokens * shape.queryHeads * shape.keyDimension), 99);
}

} // namespace

class AttentionTest : public QObject {
    Q_OBJECT

    static void everySetAndShape()
    {
        QTest::addColumn<const CpuKernels*>("kernels");
        QTest::addColumn<AttentionShape>("shape");
        const auto root = [](int dimension) { return 1.0F / std::sqrt(static_cast<float>(dimension)); };
        for (const CpuKernels* kernels : cpu::runnableKernels()) {
            const std::string name(kernels->name);
            QTest::newRow((name + " one head").c_str()) << kernels << AttentionShape{1, 1, 8, 8, root(8)};
            QTest::newRow((name + " smollm").c_str()) << kernels << AttentionShape{9, 3, 64, 64, root(64)};
            QTest::newRow((name + " qwen2 1.5b").c_str()) << kernels << AttentionShape{12, 2, 128, 128, root(128)};
            QTest::newRow((name + " no groups").c_str()) << kernels << AttentionShape{3, 3, 40, 40, root(40)};
            QTest::newRow((name + " mla, wide group").c_str()) << kernels << AttentionShape{20, 1, 72, 56, root(72)};
        }
    }

private Q_SLOTS:
    // A score errs by (d / 8 + 9) roundings of sum |q k| <= 6 sqrt(d) (scaled by 1 / sqrt(d), normal numbers), which a
    // weight turns into a relative error; exp adds 2.5e-7 per block (shrinking included); sums of positive weights over
    // n positions add n roundings. The values are at most 5.
    void likeTheReference_data() { everySetAndShape(); }
    void likeTheReference()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(AttentionShape, shape);
        for (const KvType type : {KvType::F32, KvType::F16}) {
            for (const std::int64_t pageTokens : {16, 32, 37}) {
                for (const std::int64_t firstPosition : {0, 1, 31, 32, 100}) {
                    for (const std::int64_t tokens : {1, 2, 5, 33}) {
                        const std::int64_t positions = firstPosition + tokens;
                        const Cache cache(shape, type, pageTokens, positions);
                        const std::vector<float> queries = makeQueries(shape, tokens);
                        const auto output = attend(*kernels, shape, cache, queries, firstPosition, tokens);
                        std::vector<float> expected(output.size());
                        reference::attention(shape, cache.pages, queries.data(), firstPosition, tokens,
                                             expected.data());
                        const double score = (shape.keyDimension / 8.0 + 9.0) * 0x1p-24 * 6.0;
                        const double allowed = 5.0 * (2 * score + 3e-7 * (2.0 + static_cast<double>(positions) / 32) +
                                                      static_cast<double>(positions) * 0x1p-24);
                        for (std::size_t i = 0; i < output.size(); ++i) {
                            const double difference =
                                std::fabs(static_cast<double>(output[i]) - static_cast<double>(expected[i]));
                            if (!(difference <= allowed)) {
                                QFAIL(qPrintable(QString("%1 positions, %2 tokens, [%3]: %4, not %5")
                                                     .arg(positions)
                                                     .arg(tokens)
                                                     .arg(i)
                                                     .arg(output[i])
                                                     .arg(expected[i])));
                            }
                        }
                    }
                }
            }
        }
    }

    void splitsAndBatchesDoNotChangeBits_data() { everySetAndShape(); }
    void splitsAndBatchesDoNotChangeBits()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(AttentionShape, shape);
        const Cache cache(shape, KvType::F16, 32, 80);
        const std::vector<float> queries = makeQueries(shape, 40);
        const std::vector<float> whole = attend(*kernels, shape, cache, queries, 40, 40);
        for (const std::int64_t step : {1, 3, 17}) {
            std::vector<float> output(whole.size());
            std::vector<float> scratch;
            for (std::int64_t t = 0; t < 40; t += step) {
                for (int head = shape.kvHeads - 1; head >= 0; --head) {
                    kernels->attention(shape, cache.pages, queries.data(), 40, t, std::min<std::int64_t>(t + step, 40),
                                       head, head + 1, output.data(), scratch);
                }
            }
            QVERIFY(output == whole);
        }
    }

    // Scores in the thousands: only the largest counts, nothing overflows.
    void extremeScores_data() { everySetAndShape(); }
    void extremeScores()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(AttentionShape, shape);
        const Cache cache(shape, KvType::F32, 32, 70, 1e4F);
        const std::vector<float> queries = makeQueries(shape, 2);
        for (const float value : attend(*kernels, shape, cache, queries, 68, 2)) {
            QVERIFY(std::fabs(value) < 10.0F);
        }
    }

    // MLA: values are the first part of the keys' rows.
    void valuesInsideKeys_data() { everySetAndShape(); }
    void valuesInsideKeys()
    {
        QFETCH(const CpuKernels*, kernels);
        QFETCH(AttentionShape, shape);
        Cache cache(shape, KvType::F32, 16, 20);
        cache.pages.valuePages = cache.pages.keyPages;
        cache.pages.valueRowStride = cache.pages.keyRowStride;
        cache.pages.valueHeadStride = cache.pages.keyHeadStride;
        const std::vector<float> queries = makeQueries(shape, 1);
        const std::vector<float> output = attend(*kernels, shape, cache, queries, 19, 1);
        std::vector<float> expected(output.size());
        reference::attention(shape, cache.pages, queries.data(), 19, 1, expected.data());
        for (std::size_t i = 0; i < output.size(); ++i) {
            QVERIFY(std::fabs(output[i] - expected[i]) < 2e-5F);
        }
    }
};

QTEST_APPLESS_MAIN(AttentionTest)
#include "attention_test.moc"
