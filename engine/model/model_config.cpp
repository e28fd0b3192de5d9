#include "engine/model/model_config.h"

#include <cmath>

#include <fmt/format.h>

#include "engine/gguf/gguf_file.h"
#include "engine/model/config_reader.h"
#include "engine/model/rope_config.h"

namespace lemma::engine {
namespace {

// Far above any model; low enough that no product of three of them overflows 64 bits.
constexpr int mostBlocks = 1000;
constexpr int widest = 1 << 20;
constexpr int mostHeads = 4096;
constexpr int longestHead = 4096;
constexpr int longestContext = 1 << 28;
constexpr int mostExperts = 4096;
constexpr int headAlignment = 16; // the fast kernels read whole vectors; every known model fits

Result<Architecture> readArchitecture(const GgufFile& file)
{
    LEMMA_TRY(const std::string_view name, file.requireString("general.architecture"));
    for (const Architecture architecture :
         {Architecture::Llama, Architecture::Qwen2, Architecture::Qwen3, Architecture::DeepSeek2}) {
        if (name == architectureName(architecture))
            return architecture;
    }
    return fail(ErrorCode::Unsupported,
                fmt::format("{}: models of architecture '{}' are not supported (llama, qwen2, qwen3 and deepseek2 are)",
                            file.path().string(), name));
}

// Grouped-query attention: llama, qwen2, qwen3.
Result<void> readGroupedAttention(const ConfigReader& reader, ModelConfig& config)
{
    LEMMA_TRY(config.kvHeads, reader.integer("attention.head_count_kv", 1, config.queryHeads, config.queryHeads));
    if (config.queryHeads % config.kvHeads != 0)
        return reader.corrupt(
            fmt::format("{} query heads cannot share {} key-value heads", config.queryHeads, config.kvHeads));
    if (!reader.has("attention.key_length") && config.embeddingLength % config.queryHeads != 0)
        return reader.corrupt(
            fmt::format("a width of {} cannot be split into {} heads", config.embeddingLength, config.queryHeads));
    const int headLength = config.embeddingLength / config.queryHeads;
    LEMMA_TRY(config.keyLength, reader.integer("attention.key_length", 2, longestHead, headLength));
    LEMMA_TRY(config.valueLength, reader.integer("attention.value_length", 1, longestHead, headLength));
    LEMMA_TRY(const int rotated, reader.integer("rope.dimension_count", 2, longestHead, config.keyLength));
    if (rotated != config.keyLength)
        return reader.unsupported(
            fmt::format("only {} of the {} dimensions of a head are rotated", rotated, config.keyLength));
    config.attentionScale = 1.0f / std::sqrt(static_cast<float>(config.keyLength));
    return readRope(reader, config.keyLength, config);
}

// Multi-head latent attention. Files of before April 2025 give the lengths of decompressed heads as key_length and
// value_length; later ones give those of the cache there, and the heads' apart.
Result<void> readLatentAttention(const ConfigReader& reader, ModelConfig& config)
{
    LatentAttention latent;
    LEMMA_TRY(latent.queryRank, reader.integer("attention.q_lora_rank", 0, widest, 0));
    LEMMA_TRY(latent.latentRank, reader.integer("attention.kv_lora_rank", 1, widest));
    LEMMA_TRY(latent.ropeLength, reader.integer("rope.dimension_count", 2, longestHead));
    const bool recent = reader.has("attention.key_length_mla");
    LEMMA_TRY(const int headLength, reader.integer(recent ? "attention.key_length_mla" : "attention.key_length",
                                                   latent.ropeLength + 1, longestHead));
    LEMMA_TRY(latent.valueLength,
              reader.integer(recent ? "attention.value_length_mla" : "attention.value_length", 1, longestHead));
    latent.nopeLength = headLength - latent.ropeLength;
    config.latent = latent;
    config.kvHeads = 1;
    config.keyLength = latent.latentRank + latent.ropeLength;
    config.valueLength = latent.latentRank;
    config.attentionScale = 1.0f / std::sqrt(static_cast<float>(headLength));
    return readRope(reader, latent.ropeLength, config);
}

Result<void> readExperts(const ConfigReader& reader, ModelConfig& config)
{
    ExpertMixture experts;
    LEMMA_TRY(experts.expertCount, reader.integer("expert_count", 0, mostExperts, 0));
    if (experts.expertCount == 0)
        return {};
    LEMMA_TRY(experts.denseBlocks, reader.integer("leading_dense_block_count", 0, config.blockCount, 0));
    LEMMA_TRY(experts.usedCount, reader.integer("expert_used_count", 1, experts.expertCount));
    LEMMA_TRY(experts.sharedCount, reader.integer("expert_shared_count", 0, mostExperts, 0));
    LEMMA_TRY(experts.feedForwardLength, reader.integer("expert_feed_forward_length", 1, widest));
    LEMMA_TRY(experts.weightsScale, reader.number("expert_weights_scale", 0, 1e6, 1.0f));
    if (experts.weightsScale == 0)
        experts.weightsScale = 1.0f; // so written for "none"
    LEMMA_TRY(experts.normalizeWeights, reader.boolean("expert_weights_norm", false));
    LEMMA_TRY(const int gating, reader.integer("expert_gating_func", 0, 100, 1));
    if (gating > 2)
        return reader.unsupported(fmt::format("expert gating function {} is not supported", gating));
    experts.gating = gating == 2 ? ExpertGating::Sigmoid : ExpertGating::Softmax;
    LEMMA_TRY(experts.groupCount, reader.integer("expert_group_count", 0, experts.expertCount, 1));
    experts.groupCount = experts.groupCount == 0 ? 1 : experts.groupCount;
    LEMMA_TRY(experts.groupUsedCount,
              reader.integer("expert_group_used_count", 0, experts.groupCount, experts.groupCount));
    experts.groupUsedCount = experts.groupUsedCount == 0 ? experts.groupCount : experts.groupUsedCount;
    if (experts.expertCount % experts.groupCount != 0 ||
        experts.usedCount > experts.expertCount / experts.groupCount * experts.groupUsedCount)
        return reader.corrupt(fmt::format("{} of {} experts cannot be chosen from {} of {} groups", experts.usedCount,
                                          experts.expertCount, experts.groupUsedCount, experts.groupCount));
    config.experts = experts;
    return {};
}

// The number of tokens is that of the embedding's rows; what the metadata says must not contradict it.
Result<int> readVocabularySize(const ConfigReader& reader)
{
    const TensorInfo* embedding = reader.file().findTensor("token_embd.weight");
    if (!embedding)
        return reader.corrupt("the tensor 'token_embd.weight' is missing");
    const std::int64_t rows = embedding->rows();
    if (rows > (1 << 26))
        return reader.corrupt(fmt::format("a vocabulary of {} tokens", rows));
    const GgufArray* tokens = reader.file().array("tokenizer.ggml.tokens");
    if (tokens && tokens->count > static_cast<std::uint64_t>(rows))
        return reader.corrupt(fmt::format("the tokenizer has {} tokens, the embedding only {}", tokens->count, rows));
    return static_cast<int>(rows);
}

Result<void> checkHeadLengths(const ConfigReader& reader, const ModelConfig& config)
{
    if (config.keyLength % headAlignment == 0 && config.valueLength % headAlignment == 0)
        return {};
    return reader.unsupported(fmt::format("keys of {} and values of {} numbers a head (only multiples of {} are "
                                          "supported)",
                                          config.keyLength, config.valueLength, headAlignment));
}

} // namespace

std::string_view architectureName(Architecture architecture)
{
    switch (architecture) {
    case Architecture::Llama: return "llama";
    case Architecture::Qwen2: return "qwen2";
    case Architecture::Qwen3: return "qwen3";
    case Architecture::DeepSeek2: return "deepseek2";
    }
    return "";
}

Result<ModelConfig> ModelConfig::fromGguf(const GgufFile& file)
{
    ModelConfig config;
    LEMMA_TRY(config.architecture, readArchitecture(file));
    const ConfigReader reader(file, architectureName(config.architecture));
    config.name = file.string("general.name").value_or("");
    LEMMA_TRY(config.blockCount, reader.integer("block_count", 1, mostBlocks));
    LEMMA_TRY(config.contextLength, reader.integer("context_length", 1, longestContext));
    LEMMA_TRY(config.embeddingLength, reader.integer("embedding_length", 1, widest));
    LEMMA_TRY(config.feedForwardLength, reader.integer("feed_forward_length", 1, widest));
    LEMMA_TRY(config.queryHeads, reader.integer("attention.head_count", 1, mostHeads));
    LEMMA_TRY(config.normEpsilon, reader.number("attention.layer_norm_rms_epsilon", 0, 1));
    LEMMA_TRY(config.vocabularySize, readVocabularySize(reader));
    const bool halves = config.architecture == Architecture::Qwen2 || config.architecture == Architecture::Qwen3;
    config.ropePairing = halves ? kernels::RopePairing::HalfSplit : kernels::RopePairing::Adjacent;
    if (config.architecture == Architecture::DeepSeek2) {
        LEMMA_CHECK(readLatentAttention(reader, config));
        LEMMA_CHECK(readExperts(reader, config));
    } else {
        LEMMA_TRY(const int experts, reader.integer("expert_count", 0, mostExperts, 0));
        if (experts > 0)
            return reader.unsupported(fmt::format("mixtures of experts of architecture '{}' are not supported",
                                                  architectureName(config.architecture)));
        LEMMA_CHECK(readGroupedAttention(reader, config));
    }
    LEMMA_CHECK(checkHeadLengths(reader, config));
    return config;
}

} // namespace lemma::engine
