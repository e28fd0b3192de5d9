// Attention through the KV cache: what is written to it, and what is read from it.
#include "engine/model/layer_cache.h"
#include "engine/model/transformer.h"

namespace lemma::engine {

void Transformer::attendThroughCache(int layer)
{
    const std::int64_t keyWidth = std::int64_t{m_config.kvHeads} * m_config.keyLength;
    const std::int64_t valueWidth = std::int64_t{m_config.kvHeads} * m_config.valueLength;
    const std::int64_t queryWidth = std::int64_t{m_config.queryHeads} * m_config.keyLength;
    const std::int64_t outputWidth = std::int64_t{m_config.queryHeads} * m_config.valueLength;
    makeRoom(m_attended, m_rows, outputWidth);
    const Operators& operators = m_backend.operators();

    std::vector<LayerCache> caches;
    std::vector<AttentionItem> items;
    caches.reserve(m_segments.size()); // the items point into them
    for (const Segment& segment : m_segments) {
        const auto count = static_cast<std::int64_t>(segment.tokens.size());
        const LayerCache& cache = caches.emplace_back(*segment.sequence, layer, segment.firstPosition + count);
        const KvLayout& layout = segment.sequence->layout();
        m_backend.forRanges(count, count * (keyWidth + valueWidth), [&](Range tokens) {
            for (std::int64_t t = tokens.begin; t < tokens.end; ++t) {
                const std::int64_t position = segment.firstPosition + t;
                const float* keys = m_keys.data() + (segment.firstRow + t) * keyWidth;
                for (int head = 0; head < layout.kvHeads; ++head) {
                    operators.store(layout.type, keys + head * layout.keyLength, layout.keyLength,
                                    cache.key(position, head));
                    if (layout.valueIsKeyPrefix)
                        continue;
                    const float* values = m_values.data() + (segment.firstRow + t) * valueWidth;
                    operators.store(layout.type, values + head * layout.valueLength, layout.valueLength,
                                    cache.value(position, head));
                }
            }
        });
        items.push_back({.pages = cache.pages(),
                         .queries = m_queries.data() + segment.firstRow * queryWidth,
                         .output = m_attended.data() + segment.firstRow * outputWidth,
                         .firstPosition = segment.firstPosition,
                         .tokens = count});
    }
    m_backend.attend({.queryHeads = m_config.queryHeads,
                      .kvHeads = m_config.kvHeads,
                      .keyDimension = m_config.keyLength,
                      .valueDimension = m_config.valueLength,
                      .scale = m_config.attentionScale},
                     items);
}

} // namespace lemma::engine
