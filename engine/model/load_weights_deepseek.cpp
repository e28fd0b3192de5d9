// Latent attention and mixtures of experts: the tensors of DeepSeek-V2, V3 and R1, in the variants of several years.
#include <fmt/format.h>

#include "engine/model/load_weights.h"
#include "kernels/quant/dequantize.h"

namespace lemma::engine {
namespace {

// Files since April 2025: for each head the transposed key projection and the value projection, ready to absorb.
Result<void> loadAbsorbed(const ModelConfig& config, WeightLoader& loader, const std::string& prefix,
                          LatentAttentionWeights& weights)
{
    const LatentAttention& latent = *config.latent;
    LEMMA_TRY(const TensorInfo* keys,
              loader.tensor(prefix + "attn_k_b.weight", {latent.nopeLength, latent.latentRank, config.queryHeads}));
    LEMMA_TRY(const TensorInfo* values,
              loader.tensor(prefix + "attn_v_b.weight", {latent.latentRank, latent.valueLength, config.queryHeads}));
    for (std::int64_t head = 0; head < config.queryHeads; ++head) {
        LEMMA_TRY(Matrix key, loader.matrix(*keys, head * latent.latentRank, latent.latentRank));
        LEMMA_TRY(Matrix value, loader.matrix(*values, head * latent.valueLength, latent.valueLength));
        weights.keyAbsorb.push_back(std::move(key));
        weights.valueExpand.push_back(std::move(value));
    }
    return {};
}

// Older files: one tensor with, for each head, the rows of the key projection and then those of the value projection.
// The key rows are decoded and transposed; quantised blocks cannot be.
Result<void> loadUnsplit(const ModelConfig& config, WeightLoader& loader, const std::string& prefix,
                         LatentAttentionWeights& weights, std::vector<std::vector<float>>& owned)
{
    const LatentAttention& latent = *config.latent;
    const std::int64_t headRows = latent.nopeLength + latent.valueLength;
    LEMMA_CHECK(loader.adapted().refuse(prefix + "attn_kv_b.weight"));
    LEMMA_TRY(const TensorInfo* both,
              loader.tensor(prefix + "attn_kv_b.weight", {latent.latentRank, config.queryHeads * headRows}));
    std::vector<float> row(static_cast<std::size_t>(latent.latentRank));
    for (std::int64_t head = 0; head < config.queryHeads; ++head) {
        std::vector<float>& transposed = owned.emplace_back(row.size() * static_cast<std::size_t>(latent.nopeLength));
        for (std::int64_t r = 0; r < latent.nopeLength; ++r) {
            const MatrixSource source = rowsOf(*both, head * headRows + r, 1);
            kernels::dequantizeRow(source.type, source.data, row.data(), source.columns);
            for (std::size_t c = 0; c < row.size(); ++c)
                transposed[c * static_cast<std::size_t>(latent.nopeLength) + static_cast<std::size_t>(r)] = row[c];
        }
        LEMMA_TRY(Matrix key, loader.matrix({.type = kernels::TensorType::F32,
                                             .rows = latent.latentRank,
                                             .columns = latent.nopeLength,
                                             .data = reinterpret_cast<const std::byte*>(transposed.data())}));
        LEMMA_TRY(Matrix value, loader.matrix(*both, head * headRows + latent.nopeLength, latent.valueLength));
        weights.keyAbsorb.push_back(std::move(key));
        weights.valueExpand.push_back(std::move(value));
    }
    return {};
}

// Gate and up of all experts, in two tensors or (newest converters) one with the gate rows of an expert first.
struct ExpertTensors {
    const TensorInfo* gate = nullptr;
    const TensorInfo* up = nullptr;
    const TensorInfo* fused = nullptr;
    const TensorInfo* down = nullptr;
};

Result<ExpertTensors> findExperts(const ModelConfig& config, WeightLoader& loader, const std::string& prefix)
{
    ExpertTensors tensors;
    const std::int64_t count = config.experts->expertCount;
    const std::int64_t width = config.experts->feedForwardLength;
    const std::int64_t embedding = config.embeddingLength;
    if (loader.has(prefix + "ffn_gate_up_exps.weight")) {
        LEMMA_TRY(tensors.fused, loader.tensor(prefix + "ffn_gate_up_exps.weight", {embedding, 2 * width, count}));
    } else {
        LEMMA_TRY(tensors.gate, loader.tensor(prefix + "ffn_gate_exps.weight", {embedding, width, count}));
        LEMMA_TRY(tensors.up, loader.tensor(prefix + "ffn_up_exps.weight", {embedding, width, count}));
    }
    LEMMA_TRY(tensors.down, loader.tensor(prefix + "ffn_down_exps.weight", {width, embedding, count}));
    return tensors;
}

Result<FeedForwardWeights> loadExpert(const ModelConfig& config, WeightLoader& loader, const ExpertTensors& tensors,
                                      std::int64_t expert)
{
    FeedForwardWeights weights;
    const std::int64_t width = config.experts->feedForwardLength;
    if (tensors.fused) {
        LEMMA_TRY(weights.gate, loader.matrix(*tensors.fused, 2 * expert * width, width));
        LEMMA_TRY(weights.up, loader.matrix(*tensors.fused, (2 * expert + 1) * width, width));
    } else {
        LEMMA_TRY(weights.gate, loader.matrix(*tensors.gate, expert * width, width));
        LEMMA_TRY(weights.up, loader.matrix(*tensors.up, expert * width, width));
    }
    const std::int64_t embedding = config.embeddingLength;
    LEMMA_TRY(weights.down, loader.matrix(*tensors.down, expert * embedding, embedding));
    return weights;
}

} // namespace

Result<LatentAttentionWeights> loadLatentAttention(const ModelConfig& config, WeightLoader& loader,
                                                   const std::string& prefix, std::vector<std::vector<float>>& owned)
{
    LatentAttentionWeights weights;
    const LatentAttention& latent = *config.latent;
    const std::int64_t queries = std::int64_t{config.queryHeads} * (latent.nopeLength + latent.ropeLength);
    const std::int64_t embedding = config.embeddingLength;
    if (latent.queryRank > 0) {
        LEMMA_TRY(weights.queryDown, loader.matrix(prefix + "attn_q_a.weight", embedding, latent.queryRank));
        LEMMA_TRY(weights.queryNorm, loader.vector(prefix + "attn_q_a_norm.weight", latent.queryRank));
        LEMMA_TRY(weights.queryUp, loader.matrix(prefix + "attn_q_b.weight", latent.queryRank, queries));
    } else {
        LEMMA_TRY(weights.queryUp, loader.matrix(prefix + "attn_q.weight", embedding, queries));
    }
    LEMMA_TRY(weights.compress, loader.matrix(prefix + "attn_kv_a_mqa.weight", embedding, config.keyLength));
    LEMMA_TRY(weights.latentNorm, loader.vector(prefix + "attn_kv_a_norm.weight", latent.latentRank));
    if (loader.has(prefix + "attn_kv_b.weight"))
        LEMMA_CHECK(loadUnsplit(config, loader, prefix, weights, owned));
    else
        LEMMA_CHECK(loadAbsorbed(config, loader, prefix, weights));
    const std::int64_t width = std::int64_t{config.queryHeads} * latent.valueLength;
    LEMMA_TRY(weights.output, loader.matrix(prefix + "attn_output.weight", width, embedding));
    return weights;
}

Result<MixtureWeights> loadMixture(const ModelConfig& config, WeightLoader& loader, const std::string& prefix)
{
    MixtureWeights weights;
    const ExpertMixture& experts = *config.experts;
    const std::int64_t embedding = config.embeddingLength;
    LEMMA_TRY(weights.router, loader.matrix(prefix + "ffn_gate_inp.weight", embedding, experts.expertCount));
    LEMMA_TRY(weights.selectionBias, loader.optionalVector(prefix + "exp_probs_b.bias", experts.expertCount));
    LEMMA_TRY(const ExpertTensors tensors, findExperts(config, loader, prefix));
    for (std::int64_t expert = 0; expert < experts.expertCount; ++expert) {
        LEMMA_TRY(FeedForwardWeights loaded, loadExpert(config, loader, tensors, expert));
        weights.experts.push_back(std::move(loaded));
    }
    if (experts.sharedCount > 0) {
        const std::int64_t width = std::int64_t{experts.sharedCount} * experts.feedForwardLength;
        FeedForwardWeights shared;
        LEMMA_TRY(shared.gate, loader.matrix(prefix + "ffn_gate_shexp.weight", embedding, width));
        LEMMA_TRY(shared.up, loader.matrix(prefix + "ffn_up_shexp.weight", embedding, width));
        LEMMA_TRY(shared.down, loader.matrix(prefix + "ffn_down_shexp.weight", width, embedding));
        weights.shared = std::move(shared);
    }
    return weights;
}

} // namespace lemma::engine
