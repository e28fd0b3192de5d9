#include <cstring>

#include <QTest>

#include "engine/kv_cache/kv_cache.h"
#include "engine/model/model_config.h"

using namespace lemma;
using namespace lemma::engine;

namespace {

ModelConfig smallConfig()
{
    ModelConfig config;
    config.blockCount = 3;
    config.kvHeads = 2;
    config.keyLength = 16;
    config.valueLength = 32;
    return config;
}

const std::vector<TokenId> tokens(100, 7);

std::span<const TokenId> some(std::size_t count) { return std::span(tokens).first(count); }

} // namespace

class KvCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sizes()
    {
        const auto cache = KvCache::create(smallConfig(), {.maxTokens = 100, .pageTokens = 32});
        QVERIFY(cache);
        const std::size_t perToken = 3 * 2 * (16 + 32) * 2; // layers, heads, key and value, half floats
        QCOMPARE((*cache)->bytesPerToken(), perToken);
        QCOMPARE((*cache)->maxTokens(), 128); // whole pages
        QCOMPARE((*cache)->bytesLimit(), 128 * perToken);
        const auto wide = KvCache::create(smallConfig(), {.type = kernels::KvType::F32});
        QCOMPARE((*wide)->bytesPerToken(), 2 * perToken);
        const auto limited = KvCache::create(smallConfig(), {.maxBytes = static_cast<std::int64_t>(65 * perToken)});
        QCOMPARE((*limited)->maxTokens(), 64);
        ModelConfig latent = smallConfig();
        latent.latent = LatentAttention{};
        const auto compressed = KvCache::create(latent, {});
        QCOMPARE((*compressed)->bytesPerToken(), std::size_t{3 * 2 * 16 * 2}); // keys only
    }

    void sensibleOptionsOnly()
    {
        for (const KvCacheOptions& options :
             {KvCacheOptions{.maxTokens = 0}, KvCacheOptions{.maxTokens = -5}, KvCacheOptions{.maxBytes = 100},
              KvCacheOptions{.maxBytes = -1}, KvCacheOptions{.pageTokens = 0}, KvCacheOptions{.pageTokens = 1 << 20}})
            QVERIFY(KvCache::create(smallConfig(), options).error().code == ErrorCode::InvalidArgument);
    }

    void pagesAreCountedOnce()
    {
        const auto cache = KvCache::create(smallConfig(), {.maxTokens = 64, .pageTokens = 8});
        const std::size_t page = (*cache)->layout().pageBytes();
        Sequence first = (*cache)->newSequence();
        QVERIFY(first.reserve(20));
        first.append(some(20));
        QCOMPARE((*cache)->bytesUsed(), 3 * page);
        {
            Result<Sequence> second = first.fork();
            QCOMPARE((*cache)->bytesUsed(), 3 * page);
            QVERIFY(second->reserve(1)); // copies the last page, which holds 4 tokens
            QCOMPARE((*cache)->bytesUsed(), 4 * page);
            QVERIFY(second->page(2) != first.page(2));
            QVERIFY(second->page(1) == first.page(1));
            first.rewind(0);
            QCOMPARE((*cache)->bytesUsed(), 3 * page);
        }
        QCOMPARE((*cache)->bytesUsed(), std::size_t{0});
    }

    void copyOnWriteKeepsBothContents()
    {
        const auto cache = KvCache::create(smallConfig(), {.maxTokens = 64, .pageTokens = 8});
        const std::size_t size = (*cache)->layout().pageBytes();
        Sequence first = (*cache)->newSequence();
        QVERIFY(first.reserve(4));
        first.append(some(4));
        std::memset(first.page(0), 1, size);
        Result<Sequence> second = first.fork();
        QVERIFY(first.reserve(1)); // the trunk moves away; the branch keeps the page
        QVERIFY(std::memcmp(first.page(0), second->page(0), size) == 0);
        std::memset(first.page(0), 2, size);
        QCOMPARE(std::to_integer<int>(second->page(0)[0]), 1);
        std::byte* own = second->page(0);
        QVERIFY(second->reserve(1)); // the last owner writes in place
        QVERIFY(second->page(0) == own);
    }

    // The n-th page fails: nothing changes, for every n.
    void fullCache()
    {
        for (int pages = 1; pages < 8; ++pages) {
            const auto cache = KvCache::create(smallConfig(), {.maxTokens = pages * 8, .pageTokens = 8});
            Sequence sequence = (*cache)->newSequence();
            const Result<void> tooMuch = sequence.reserve(pages * 8 + 1);
            QVERIFY(tooMuch.error().code == ErrorCode::OutOfMemory);
            QCOMPARE((*cache)->bytesUsed(), std::size_t{0});
            QVERIFY(sequence.reserve(pages * 8));
            sequence.append(some(static_cast<std::size_t>(pages) * 8 - 1));
            Result<Sequence> branch = sequence.fork();
            QVERIFY(branch->reserve(1).error().code == ErrorCode::OutOfMemory); // no page for the copy
            QVERIFY(branch->page(pages - 1) == sequence.page(pages - 1));
            branch->rewind(0);
            QVERIFY(sequence.reserve(1));
        }
    }

    void reservedPagesAreNotShared()
    {
        const auto cache = KvCache::create(smallConfig(), {.maxTokens = 80, .pageTokens = 8});
        Sequence sequence = (*cache)->newSequence();
        QVERIFY(sequence.reserve(40)); // nothing appended: as after a failed pass
        Result<Sequence> branch = sequence.fork();
        QVERIFY(branch->reserve(40));
        for (int page = 0; page < 5; ++page)
            QVERIFY(branch->page(page) != sequence.page(page));
    }

    void sequencesOutliveTheirCache()
    {
        auto cache = KvCache::create(smallConfig(), {.pageTokens = 8});
        Sequence sequence = (*cache)->newSequence();
        QVERIFY(sequence.reserve(5));
        sequence.append(some(5));
        cache->reset();
        Result<Sequence> branch = sequence.fork();
        QVERIFY(branch->reserve(8));
        sequence = *std::move(branch);
        QCOMPARE(sequence.length(), 5);
    }
};

QTEST_APPLESS_MAIN(KvCacheTest)
#include "kv_cache_test.moc"
