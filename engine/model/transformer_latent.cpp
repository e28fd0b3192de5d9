// Multi-head latent attention (DeepSeek-AI, "DeepSeek-V2", 2024, section 2.1), with the projections of keys and values
// absorbed into the queries and the output: all heads attend over the same compressed vector of each token,
//
//     cached[t]  = [norm(c[t]), rope(k[t])],  [c, k] = compress x
//     score[h]   = (keyAbsorb[h] q[h]) . norm(c) + rope(q'[h]) . rope(k)
//     output[h]  = valueExpand[h] (softmax(score) norm(c))
#include <algorithm>

#include "engine/model/transformer.h"

namespace lemma::engine {

void Transformer::attention(const LatentAttentionWeights& w, int layer)
{
    const LatentAttention& latent = *m_config.latent;
    makeRoom(m_keys, m_rows, m_config.keyLength);
    m_backend.multiply(m_normed.data(), m_rows, {{.weights = &w.compress, .output = m_keys.data()}});
    m_backend.normalize({.x = m_keys.data(),
                         .weight = w.latentNorm.data(),
                         .output = m_keys.data(),
                         .rows = m_rows,
                         .columns = latent.latentRank,
                         .stride = m_config.keyLength},
                        m_config.normEpsilon);
    rotate(m_keys.data() + latent.latentRank, 1, m_config.keyLength);

    latentQueries(w);
    attendThroughCache(layer);

    makeRoom(m_expanded, m_rows, w.output.columns());
    m_backend.multiplyHeads(m_rows, {.weights = w.valueExpand,
                                     .x = m_attended.data(),
                                     .xTokenStride = std::int64_t{m_config.queryHeads} * latent.latentRank,
                                     .xHeadStride = latent.latentRank,
                                     .output = m_expanded.data(),
                                     .outputTokenStride = w.output.columns(),
                                     .outputHeadStride = latent.valueLength});
    m_backend.multiply(m_expanded.data(), m_rows,
                       {{.weights = &w.output, .output = m_hidden.data(), .addToOutput = true}});
}

// m_queries[t, h] = [keyAbsorb[h] q[h], rope(q'[h])]
void Transformer::latentQueries(const LatentAttentionWeights& w)
{
    const LatentAttention& latent = *m_config.latent;
    const float* input = m_normed.data();
    if (w.queryDown) {
        makeRoom(m_queryLatent, m_rows, latent.queryRank);
        m_backend.multiply(input, m_rows, {{.weights = &*w.queryDown, .output = m_queryLatent.data()}});
        m_backend.normalize({.x = m_queryLatent.data(),
                             .weight = w.queryNorm.data(),
                             .output = m_queryLatent.data(),
                             .rows = m_rows,
                             .columns = latent.queryRank},
                            m_config.normEpsilon);
        input = m_queryLatent.data();
    }
    const std::int64_t headLength = latent.nopeLength + latent.ropeLength;
    const std::int64_t heads = m_config.queryHeads;
    makeRoom(m_headQueries, m_rows, heads * headLength);
    m_backend.multiply(input, m_rows, {{.weights = &w.queryUp, .output = m_headQueries.data()}});
    rotate(m_headQueries.data() + latent.nopeLength, m_config.queryHeads, headLength);

    makeRoom(m_queries, m_rows, heads * m_config.keyLength);
    m_backend.multiplyHeads(m_rows, {.weights = w.keyAbsorb,
                                     .x = m_headQueries.data(),
                                     .xTokenStride = heads * headLength,
                                     .xHeadStride = headLength,
                                     .output = m_queries.data(),
                                     .outputTokenStride = heads * m_config.keyLength,
                                     .outputHeadStride = m_config.keyLength});
    m_backend.forRanges(m_rows * heads, m_rows * heads * latent.ropeLength, [&](Range range) {
        for (std::int64_t i = range.begin; i < range.end; ++i)
            std::copy_n(m_headQueries.data() + i * headLength + latent.nopeLength, latent.ropeLength,
                        m_queries.data() + i * m_config.keyLength + latent.latentRank);
    });
}

} // namespace lemma::engine
