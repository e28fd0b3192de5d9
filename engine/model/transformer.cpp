#include "engine/model/transformer.h"

#include <algorithm>

#include "kernels/reference/embedding.h"
#include "kernels/reference/rope_table.h"

namespace lemma::engine {

Transformer::Transformer(const ModelConfig& config, const ModelWeights& weights, Backend& backend)
    : m_config(config), m_weights(weights), m_backend(backend), m_rope(config.rope)
{
    m_rope.frequencyFactors = weights.ropeFactors.empty() ? nullptr : weights.ropeFactors.data();
}

void Transformer::run(std::span<const Segment> segments, std::vector<float>& logits)
{
    m_segments = segments;
    m_rows = segments.back().firstRow + static_cast<std::int64_t>(segments.back().tokens.size());
    embed();
    fillRope();
    for (int layer = 0; layer < m_config.blockCount; ++layer)
        runLayer(layer);
    runOutput(logits);
}

void Transformer::runLayer(int layer)
{
    const LayerWeights& weights = m_weights.layers[static_cast<std::size_t>(layer)];

    normalizeInput(weights.attentionNorm);
    std::visit([&](const auto& attentionWeights) { attention(attentionWeights, layer); }, weights.attention);

    normalizeInput(weights.feedForwardNorm);
    std::visit([&](const auto& feedForwardWeights) { feedForward(feedForwardWeights); }, weights.feedForward);
}

void Transformer::attention(const GroupedAttentionWeights& w, int layer)
{
    const auto bias = [](const std::vector<float>& values) { return values.empty() ? nullptr : values.data(); };
    makeRoom(m_queries, m_rows, w.query.rows());
    makeRoom(m_keys, m_rows, w.key.rows());
    makeRoom(m_values, m_rows, w.value.rows());
    m_backend.multiply(m_normed.data(), m_rows,
                       {{.weights = &w.query, .output = m_queries.data(), .bias = bias(w.queryBias)},
                        {.weights = &w.key, .output = m_keys.data(), .bias = bias(w.keyBias)},
                        {.weights = &w.value, .output = m_values.data(), .bias = bias(w.valueBias)}});
    if (!w.queryNorm.empty()) {
        normalizeHeads(m_queries.data(), m_config.queryHeads, w.queryNorm);
        normalizeHeads(m_keys.data(), m_config.kvHeads, w.keyNorm);
    }
    rotate(m_queries.data(), m_config.queryHeads, m_config.keyLength);
    rotate(m_keys.data(), m_config.kvHeads, m_config.keyLength);
    attendThroughCache(layer);
    m_backend.multiply(
        m_attended.data(), m_rows,
        {{.weights = &w.output, .output = m_hidden.data(), .bias = bias(w.outputBias), .addToOutput = true}});
}

void Transformer::feedForward(const FeedForwardWeights& w)
{
    makeRoom(m_gated, m_rows, w.gate.rows());
    m_backend.gatedUnit(m_normed.data(), m_rows, w.gate, w.up, m_gated.data());
    m_backend.multiply(m_gated.data(), m_rows, {{.weights = &w.down, .output = m_hidden.data(), .addToOutput = true}});
}

void Transformer::embed()
{
    makeRoom(m_hidden, m_rows, m_config.embeddingLength);
    const MatrixSource& table = m_weights.embedding;
    for (const Segment& segment : m_segments) {
        kernels::reference::embedding(table.type, table.data, table.columns, segment.tokens.data(),
                                      static_cast<std::int64_t>(segment.tokens.size()),
                                      m_hidden.data() + segment.firstRow * table.columns);
    }
}

void Transformer::fillRope()
{
    const std::int64_t pairs = m_rope.dimensions / 2;
    makeRoom(m_cosine, m_rows, pairs);
    makeRoom(m_sine, m_rows, pairs);
    for (const Segment& segment : m_segments) {
        const auto count = static_cast<std::int64_t>(segment.tokens.size());
        const std::int64_t offset = segment.firstRow * pairs;
        kernels::fillRopeTable(m_rope, segment.firstPosition, count, m_cosine.data() + offset, m_sine.data() + offset);
    }
}

void Transformer::normalizeInput(const std::vector<float>& weight)
{
    makeRoom(m_normed, m_rows, m_config.embeddingLength);
    m_backend.normalize({.x = m_hidden.data(),
                         .weight = weight.data(),
                         .output = m_normed.data(),
                         .rows = m_rows,
                         .columns = m_config.embeddingLength},
                        m_config.normEpsilon);
}

void Transformer::normalizeHeads(float* values, int heads, const std::vector<float>& weight)
{
    m_backend.normalize(
        {.x = values, .weight = weight.data(), .output = values, .rows = m_rows * heads, .columns = m_config.keyLength},
        m_config.normEpsilon);
}

void Transformer::rotate(float* values, int heads, std::int64_t headStride)
{
    m_backend.rotate(m_config.ropePairing,
                     {.values = values,
                      .tokens = m_rows,
                      .tokenStride = heads * headStride,
                      .heads = heads,
                      .headStride = headStride,
                      .dimensions = m_rope.dimensions},
                     m_cosine.data(), m_sine.data());
}

void Transformer::runOutput(std::vector<float>& logits)
{
    const std::int64_t width = m_config.embeddingLength;
    std::int64_t wanted = 0; // rows moved to the front of m_hidden
    for (const Segment& segment : m_segments) {
        const auto count = static_cast<std::int64_t>(segment.tokens.size());
        for (std::int64_t t = segment.allLogits ? 0 : count - 1; t < count; ++t) {
            const float* row = m_hidden.data() + (segment.firstRow + t) * width;
            std::copy(row, row + width, m_hidden.data() + wanted * width);
            ++wanted;
        }
    }
    m_rows = wanted;
    normalizeInput(m_weights.outputNorm);
    logits.resize(static_cast<std::size_t>(wanted * m_config.vocabularySize));
    m_backend.multiply(m_normed.data(), wanted, {{.weights = &m_weights.output, .output = logits.data()}});
}

} // namespace lemma::engine
