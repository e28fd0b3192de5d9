#pragma once
// The forward pass: embedding, layers, output. Each layer is a method that reads as the papers write it.
//
// Everything here trusts its arguments: Model has checked tokens and reserved pages. One object has one set of scratch
// arrays, so one pass runs at a time.

#include <span>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/kv_cache/kv_cache.h"
#include "engine/model/model_config.h"
#include "engine/model/weights.h"

namespace lemma::engine {

// The part of a batch that belongs to one sequence.
struct Segment {
    Sequence* sequence = nullptr;
    std::span<const TokenId> tokens = {};
    std::int64_t firstRow = 0; // of all rows of the batch
    std::int64_t firstPosition = 0;
    bool allLogits = false;
};

class Transformer {
public:
    Transformer(const ModelConfig& config, const ModelWeights& weights, Backend& backend);

    // Writes keys and values to the sequences' pages, and logits [wanted rows, vocabulary]. std::bad_alloc.
    void run(std::span<const Segment> segments, std::vector<float>& logits);

private:
    void embed();
    void fillRope();
    void runLayer(int layer);
    void runOutput(std::vector<float>& logits);

    // Each takes m_normed and adds to m_hidden.
    void attention(const GroupedAttentionWeights& weights, int layer);
    void attention(const LatentAttentionWeights& weights, int layer);
    void feedForward(const FeedForwardWeights& weights);
    void feedForward(const MixtureWeights& weights);

    void normalizeInput(const std::vector<float>& weight); // m_normed = norm(m_hidden)
    void normalizeHeads(float* values, int heads, const std::vector<float>& weight);
    void rotate(float* values, int heads, std::int64_t headStride);
    void latentQueries(const LatentAttentionWeights& weights);
    void runExpert(const FeedForwardWeights& weights, std::span<const std::int64_t> rows,
                   std::span<const float> shares);

    // m_keys and m_values go to the cache; then m_queries meet what the cache holds: m_attended.
    void attendThroughCache(int layer);

    const ModelConfig& m_config;
    const ModelWeights& m_weights;
    Backend& m_backend;
    kernels::RopeParameters m_rope;

    std::span<const Segment> m_segments;
    std::int64_t m_rows = 0; // tokens of the whole batch; the first dimension of all arrays below

    std::vector<float> m_hidden; // [rows, embedding]: the residual stream
    std::vector<float> m_normed;
    std::vector<float> m_queries;  // [rows, queryHeads, keyLength]
    std::vector<float> m_keys;     // [rows, kvHeads, keyLength]
    std::vector<float> m_values;   // [rows, kvHeads, valueLength]; unused with latent attention
    std::vector<float> m_attended; // [rows, queryHeads, valueLength]
    std::vector<float> m_gated;    // [rows, feedForward]
    std::vector<float> m_cosine;   // [rows, rotated dimensions / 2]
    std::vector<float> m_sine;

    // Of latent attention and experts only.
    std::vector<float> m_queryLatent; // [rows, queryRank]
    std::vector<float> m_headQueries; // [rows, queryHeads, nopeLength + ropeLength]
    std::vector<float> m_expanded;    // [rows, queryHeads, valueLength of a head]
    std::vector<float> m_scores;      // [rows, experts]
    std::vector<float> m_gathered;    // rows of m_normed that go to one expert
    std::vector<float> m_expertOutput;
};

// Makes room; contents are undefined.
inline void makeRoom(std::vector<float>& storage, std::int64_t rows, std::int64_t width)
{
    const auto size = static_cast<std::size_t>(rows * width);
    if (storage.size() < size)
        storage.resize(size);
}

} // namespace lemma::engine
