#include "engine/model/layer_cache.h"

namespace lemma::engine {

LayerCache::LayerCache(const Sequence& sequence, int layer, std::int64_t positions) : m_layout(sequence.layout())
{
    const std::int64_t pages = (positions + m_layout.pageTokens - 1) / m_layout.pageTokens;
    const std::size_t layerOffset = static_cast<std::size_t>(layer) * m_layout.layerBytes();
    for (int page = 0; page < pages; ++page) {
        std::byte* keys = sequence.page(page) + layerOffset;
        m_keys.push_back(keys);
        m_values.push_back(m_layout.valueIsKeyPrefix ? keys : keys + m_layout.keyBytes());
    }
}

std::byte* LayerCache::row(const std::vector<std::byte*>& pages, std::int64_t position, int head, int length) const
{
    const std::int64_t index = std::int64_t{head} * m_layout.pageTokens + position % m_layout.pageTokens;
    return pages[static_cast<std::size_t>(position / m_layout.pageTokens)] +
           static_cast<std::size_t>(index * length) * m_layout.elementBytes();
}

std::byte* LayerCache::key(std::int64_t position, int head) const
{
    return row(m_keys, position, head, m_layout.keyLength);
}

std::byte* LayerCache::value(std::int64_t position, int head) const
{
    return row(m_values, position, head, m_layout.valueLength);
}

kernels::KvPages LayerCache::pages() const
{
    const std::int64_t valueRow = m_layout.valueIsKeyPrefix ? m_layout.keyLength : m_layout.valueLength;
    return {
        .type = m_layout.type,
        .pageTokens = m_layout.pageTokens,
        .keyPages = m_keys.data(),
        .valuePages = m_values.data(),
        .keyRowStride = m_layout.keyLength,
        .keyHeadStride = std::int64_t{m_layout.pageTokens} * m_layout.keyLength,
        .valueRowStride = valueRow,
        .valueHeadStride = m_layout.pageTokens * valueRow,
    };
}

} // namespace lemma::engine
