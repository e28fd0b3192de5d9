#include "engine/kv_cache/kv_cache.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "engine/kv_cache/page_pool.h"
#include "engine/model/model_config.h"

namespace lemma::engine {

std::size_t KvLayout::keyBytes() const
{
    return static_cast<std::size_t>(kvHeads) * static_cast<std::size_t>(pageTokens) *
           static_cast<std::size_t>(keyLength) * elementBytes();
}

std::size_t KvLayout::layerBytes() const
{
    const std::size_t values = valueIsKeyPrefix
                                   ? 0
                                   : static_cast<std::size_t>(kvHeads) * static_cast<std::size_t>(pageTokens) *
                                         static_cast<std::size_t>(valueLength) * elementBytes();
    return keyBytes() + values;
}

KvCache::KvCache(std::shared_ptr<PagePool> pool) : m_pool(std::move(pool)) {}

Result<std::unique_ptr<KvCache>> KvCache::create(const ModelConfig& config, const KvCacheOptions& options)
{
    if (options.pageTokens < 1 || options.pageTokens > 1024 || options.maxTokens < 1)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("a KV cache of {} tokens in pages of {}", options.maxTokens, options.pageTokens));
    const KvLayout layout{
        .layers = config.blockCount,
        .kvHeads = config.kvHeads,
        .keyLength = config.keyLength,
        .valueLength = config.valueLength,
        .valueIsKeyPrefix = config.latent.has_value(),
        .pageTokens = options.pageTokens,
        .type = options.type,
    };
    const std::int64_t tokens = std::min<std::int64_t>(options.maxTokens, std::numeric_limits<int>::max());
    std::int64_t pages = (tokens + options.pageTokens - 1) / options.pageTokens;
    if (options.maxBytes)
        pages = std::min(pages, *options.maxBytes / static_cast<std::int64_t>(layout.pageBytes()));
    if (pages < 1)
        return fail(ErrorCode::InvalidArgument, fmt::format("{} bytes do not hold one page of the KV cache ({} bytes)",
                                                            options.maxBytes.value_or(0), layout.pageBytes()));
    return std::unique_ptr<KvCache>(new KvCache(std::make_shared<PagePool>(layout, pages)));
}

Sequence KvCache::newSequence() { return Sequence(m_pool); }

const KvLayout& KvCache::layout() const { return m_pool->layout(); }

std::int64_t KvCache::maxTokens() const { return m_pool->maxPages() * layout().pageTokens; }

std::size_t KvCache::bytesPerToken() const
{
    return layout().pageBytes() / static_cast<std::size_t>(layout().pageTokens);
}

std::size_t KvCache::bytesUsed() const { return static_cast<std::size_t>(m_pool->usedPages()) * layout().pageBytes(); }

std::size_t KvCache::bytesLimit() const { return static_cast<std::size_t>(m_pool->maxPages()) * layout().pageBytes(); }

} // namespace lemma::engine
