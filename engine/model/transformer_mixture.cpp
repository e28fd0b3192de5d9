// Mixture of experts: shared experts see every token, the others those that the router sends them.
#include <algorithm>

#include "engine/model/expert_router.h"
#include "engine/model/transformer.h"

namespace lemma::engine {

void Transformer::feedForward(const MixtureWeights& w)
{
    if (w.shared)
        feedForward(*w.shared);

    const auto expertCount = static_cast<std::int64_t>(w.experts.size());
    makeRoom(m_scores, m_rows, expertCount);
    m_backend.multiply(m_normed.data(), m_rows, {{.weights = &w.router, .output = m_scores.data()}});
    std::vector<std::vector<std::int64_t>> rows(w.experts.size());
    std::vector<std::vector<float>> shares(w.experts.size());
    for (std::int64_t row = 0; row < m_rows; ++row) {
        const std::span<float> scores(m_scores.data() + row * expertCount, w.experts.size());
        for (const ExpertShare& share : routeToken(*m_config.experts, scores, w.selectionBias)) {
            rows[static_cast<std::size_t>(share.expert)].push_back(row);
            shares[static_cast<std::size_t>(share.expert)].push_back(share.share);
        }
    }
    // In the order of experts: the sum of a token does not depend on which other tokens are in the batch.
    for (std::size_t expert = 0; expert < w.experts.size(); ++expert) {
        if (!rows[expert].empty())
            runExpert(w.experts[expert], rows[expert], shares[expert]);
    }
}

void Transformer::runExpert(const FeedForwardWeights& w, std::span<const std::int64_t> rows,
                            std::span<const float> shares)
{
    const std::int64_t width = m_config.embeddingLength;
    const auto count = static_cast<std::int64_t>(rows.size());
    makeRoom(m_gathered, count, width);
    makeRoom(m_gated, count, w.gate.rows());
    makeRoom(m_expertOutput, count, width);
    for (std::int64_t i = 0; i < count; ++i)
        std::copy_n(m_normed.data() + rows[static_cast<std::size_t>(i)] * width, width, m_gathered.data() + i * width);
    m_backend.gatedUnit(m_gathered.data(), count, w.gate, w.up, m_gated.data());
    m_backend.multiply(m_gated.data(), count, {{.weights = &w.down, .output = m_expertOutput.data()}});
    for (std::int64_t i = 0; i < count; ++i) {
        float* hidden = m_hidden.data() + rows[static_cast<std::size_t>(i)] * width;
        const float* output = m_expertOutput.data() + i * width;
        for (std::int64_t c = 0; c < width; ++c)
            hidden[c] += shares[static_cast<std::size_t>(i)] * output[c];
    }
}

} // namespace lemma::engine
