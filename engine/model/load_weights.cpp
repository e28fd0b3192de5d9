#include "engine/model/load_weights.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/log.h"

namespace lemma::engine {
namespace {

struct QkvWidths {
    std::int64_t query;
    std::int64_t key;
    std::int64_t value;
};

// Some files hold the three projections as one tensor, query rows first.
Result<void> loadFusedQkv(const ModelConfig& config, WeightLoader& loader, const std::string& prefix, QkvWidths widths,
                          GroupedAttentionWeights& weights)
{
    const std::int64_t rows = widths.query + widths.key + widths.value;
    LEMMA_TRY(const TensorInfo* fused, loader.tensor(prefix + "attn_qkv.weight", {config.embeddingLength, rows}));
    LEMMA_TRY(weights.query, loader.matrix(*fused, 0, widths.query));
    LEMMA_TRY(weights.key, loader.matrix(*fused, widths.query, widths.key));
    LEMMA_TRY(weights.value, loader.matrix(*fused, widths.query + widths.key, widths.value));
    LEMMA_TRY(const std::vector<float> bias, loader.optionalVector(prefix + "attn_qkv.bias", rows));
    if (!bias.empty()) {
        const auto keys = bias.begin() + widths.query;
        weights.queryBias.assign(bias.begin(), keys);
        weights.keyBias.assign(keys, keys + widths.key);
        weights.valueBias.assign(keys + widths.key, bias.end());
    }
    return {};
}

Result<void> loadSeparateQkv(const ModelConfig& config, WeightLoader& loader, const std::string& prefix,
                             QkvWidths widths, GroupedAttentionWeights& weights)
{
    LEMMA_TRY(weights.query, loader.matrix(prefix + "attn_q.weight", config.embeddingLength, widths.query));
    LEMMA_TRY(weights.key, loader.matrix(prefix + "attn_k.weight", config.embeddingLength, widths.key));
    LEMMA_TRY(weights.value, loader.matrix(prefix + "attn_v.weight", config.embeddingLength, widths.value));
    LEMMA_TRY(weights.queryBias, loader.optionalVector(prefix + "attn_q.bias", widths.query));
    LEMMA_TRY(weights.keyBias, loader.optionalVector(prefix + "attn_k.bias", widths.key));
    LEMMA_TRY(weights.valueBias, loader.optionalVector(prefix + "attn_v.bias", widths.value));
    return {};
}

Result<GroupedAttentionWeights> loadGroupedAttention(const ModelConfig& config, WeightLoader& loader,
                                                     const std::string& prefix)
{
    GroupedAttentionWeights weights;
    const std::int64_t width = std::int64_t{config.queryHeads} * config.valueLength;
    const QkvWidths widths{std::int64_t{config.queryHeads} * config.keyLength,
                           std::int64_t{config.kvHeads} * config.keyLength,
                           std::int64_t{config.kvHeads} * config.valueLength};
    if (loader.has(prefix + "attn_qkv.weight"))
        LEMMA_CHECK(loadFusedQkv(config, loader, prefix, widths, weights));
    else
        LEMMA_CHECK(loadSeparateQkv(config, loader, prefix, widths, weights));
    if (config.architecture == Architecture::Qwen2 &&
        (weights.queryBias.empty() || weights.keyBias.empty() || weights.valueBias.empty()))
        return loader.corrupt(
            fmt::format("the biases of '{}attn_q', '{}attn_k' or '{}attn_v' are missing", prefix, prefix, prefix));
    if (config.architecture == Architecture::Qwen3) {
        LEMMA_TRY(weights.queryNorm, loader.vector(prefix + "attn_q_norm.weight", config.keyLength));
        LEMMA_TRY(weights.keyNorm, loader.vector(prefix + "attn_k_norm.weight", config.keyLength));
    }
    LEMMA_TRY(weights.output, loader.matrix(prefix + "attn_output.weight", width, config.embeddingLength));
    LEMMA_TRY(weights.outputBias, loader.optionalVector(prefix + "attn_output.bias", config.embeddingLength));
    return weights;
}

Result<FeedForwardWeights> loadFeedForward(const ModelConfig& config, WeightLoader& loader, const std::string& prefix)
{
    FeedForwardWeights weights;
    LEMMA_TRY(weights.gate,
              loader.matrix(prefix + "ffn_gate.weight", config.embeddingLength, config.feedForwardLength));
    LEMMA_TRY(weights.up, loader.matrix(prefix + "ffn_up.weight", config.embeddingLength, config.feedForwardLength));
    LEMMA_TRY(weights.down,
              loader.matrix(prefix + "ffn_down.weight", config.feedForwardLength, config.embeddingLength));
    return weights;
}

Result<LayerWeights> loadLayer(const ModelConfig& config, WeightLoader& loader, int block,
                               std::vector<std::vector<float>>& owned)
{
    LayerWeights layer;
    const std::string prefix = fmt::format("blk.{}.", block);
    LEMMA_TRY(layer.attentionNorm, loader.vector(prefix + "attn_norm.weight", config.embeddingLength));
    if (config.latent) {
        LEMMA_TRY(layer.attention, loadLatentAttention(config, loader, prefix, owned));
    } else {
        LEMMA_TRY(layer.attention, loadGroupedAttention(config, loader, prefix));
    }
    LEMMA_TRY(layer.feedForwardNorm, loader.vector(prefix + "ffn_norm.weight", config.embeddingLength));
    if (config.blockHasExperts(block)) {
        LEMMA_TRY(layer.feedForward, loadMixture(config, loader, prefix));
    } else {
        LEMMA_TRY(layer.feedForward, loadFeedForward(config, loader, prefix));
    }
    return layer;
}

Result<std::vector<float>> loadRopeFactors(const ModelConfig& config, WeightLoader& loader)
{
    LEMMA_TRY(std::vector<float> factors, loader.optionalVector("rope_freqs.weight", config.rope.dimensions / 2));
    const bool sensible =
        std::ranges::all_of(factors, [](float factor) { return factor > 0 && std::isfinite(factor); });
    if (!sensible)
        return loader.corrupt("'rope_freqs.weight' holds something else than positive numbers");
    return factors;
}

} // namespace

Result<ModelWeights> loadWeights(const ModelConfig& config, WeightLoader& loader)
{
    ModelWeights weights;
    LEMMA_TRY(const TensorInfo* embedding,
              loader.tensor("token_embd.weight", {config.embeddingLength, config.vocabularySize}));
    LEMMA_CHECK(loader.adapted().refuse("token_embd.weight")); // it is read row by row, and often tied to the output
    weights.embedding = rowsOf(*embedding, 0, config.vocabularySize);
    LEMMA_TRY(weights.ropeFactors, loadRopeFactors(config, loader));
    for (int block = 0; block < config.blockCount; ++block) {
        LEMMA_TRY(LayerWeights layer, loadLayer(config, loader, block, weights.owned));
        weights.layers.push_back(std::move(layer));
    }
    LEMMA_TRY(weights.outputNorm, loader.vector("output_norm.weight", config.embeddingLength));
    if (loader.has("output.weight")) {
        LEMMA_TRY(weights.output, loader.matrix("output.weight", config.embeddingLength, config.vocabularySize));
    } else {
        LEMMA_TRY(weights.output, loader.matrix(*embedding, 0, config.vocabularySize)); // tied
    }
    LEMMA_CHECK(loader.adapted().checkAllUsed());
    for (const std::string& name : loader.unusedTensors())
        log(LogLevel::Warning, "model: the tensor '{}' has no place in a {} model and is ignored", name,
            architectureName(config.architecture));
    return weights;
}

} // namespace lemma::engine
