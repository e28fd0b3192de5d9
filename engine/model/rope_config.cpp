#include "engine/model/rope_config.h"

#include <cmath>

#include <fmt/format.h>

namespace lemma::engine {
namespace {

// YaRN's magnitude for a context stretched by `factor` (Peng et al., 2023, equation 22).
float yarnMagnitude(float factor, float multiplier)
{
    return factor <= 1.0f ? 1.0f : 1.0f + 0.1f * multiplier * std::log(factor);
}

// Source of the order: ggml-org/llama.cpp, src/models/deepseek2.cpp, and src/llama-context.cpp, TAG
// DEEPSEEK2_YARN_LOG_MUL_FIX.
Result<void> readYarn(const ConfigReader& reader, float factor, ModelConfig& config)
{
    kernels::RopeParameters& rope = config.rope;
    LEMMA_TRY(rope.originalContext,
              reader.integer("rope.scaling.original_context_length", 1, 1 << 30, config.contextLength));
    LEMMA_TRY(rope.extrapolationFactor, reader.number("rope.scaling.yarn_ext_factor", 0, 1, 1.0f));
    LEMMA_TRY(rope.betaFast, reader.number("rope.scaling.yarn_beta_fast", 1e-3, 1e6, 32.0f));
    LEMMA_TRY(rope.betaSlow, reader.number("rope.scaling.yarn_beta_slow", 1e-3, 1e6, 1.0f));
    LEMMA_TRY(const float attention, reader.number("rope.scaling.attn_factor", 1e-3, 1e3, 1.0f));
    float multiplier = 0;
    if (config.latent) {
        LEMMA_TRY(const float stored, reader.number("rope.scaling.yarn_log_multiplier", 0, 100, 0.0f));
        multiplier = stored * 10.0f; // the converter writes a tenth of it
    }

    // DeepSeek scales the products of queries and keys, not the rotated vectors: with its multiplier the magnitudes of
    // the rotation cancel to 1.
    const float magnitude = (multiplier != 0 ? 1.0f : yarnMagnitude(factor, 1.0f)) * attention;
    if (config.latent) {
        const float scale = magnitude * yarnMagnitude(factor, multiplier);
        config.attentionScale *= scale * scale;
    }
    // The rope kernel multiplies by YaRN's own magnitude wherever it extrapolates: divided out here.
    rope.attentionFactor = rope.extrapolationFactor > 0 ? magnitude / (1.0f + 0.1f * std::log(factor)) : attention;
    return {};
}

} // namespace

Result<void> readRope(const ConfigReader& reader, int dimensions, ModelConfig& config)
{
    kernels::RopeParameters& rope = config.rope;
    rope.dimensions = dimensions;
    LEMMA_TRY(rope.base, reader.number("rope.freq_base", 1.0 + 1e-6, 1e12, 10000.0f));
    if (dimensions % 2 != 0)
        return reader.corrupt(fmt::format("{} rotated dimensions a head, which do not form pairs", dimensions));
    LEMMA_TRY(const float oldFactor, reader.number("rope.scale_linear", 0, 1e6, 0.0f)); // in files of 2023
    LEMMA_TRY(const float storedFactor, reader.number("rope.scaling.factor", 0, 1e6, oldFactor));
    const float factor = storedFactor == 0 ? 1.0f : storedFactor;
    if (factor < 1.0f)
        return reader.corrupt(
            fmt::format("'{}' is {} (expected at least 1)", reader.key("rope.scaling.factor"), factor));
    const std::string_view type = reader.file().string(reader.key("rope.scaling.type")).value_or("linear");
    if (type == "none")
        return {};
    if (type != "linear" && type != "yarn")
        return reader.unsupported(fmt::format("rope scaling of type '{}' is not supported", type));
    rope.frequencyScale = 1.0f / factor;
    return type == "yarn" ? readYarn(reader, factor, config) : Result<void>{};
}

} // namespace lemma::engine
