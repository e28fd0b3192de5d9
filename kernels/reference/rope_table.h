#pragma once
// Cosines and sines of the rotary position embedding, computed once per position and shared by all layers and heads.
//
//     RopeParameters parameters{.dimensions = 64, .base = 10000.0F};
//     fillRopeTable(parameters, firstPosition, tokens, cosine.data(), sine.data()); // each [tokens, dimensions / 2]
//
// Plain: Su et al., "RoFormer", 2021: angle = position * base^(-2 i / dimensions). With frequency factors (Llama 3) the
// angle of pair i is divided by factors[i]. YaRN: Peng et al., 2023, as in ggml (rope_yarn, ggml_rope_yarn_corr_dims).

#include <cstdint>

namespace lemma::kernels {

struct RopeParameters {
    int dimensions = 0; // rotated dimensions of a head, even
    float base = 10000.0F;
    float frequencyScale = 1.0F;             // 1 / factor for linear scaling and YaRN
    const float* frequencyFactors = nullptr; // [dimensions / 2], or none

    // YaRN; an extrapolation factor of zero turns it off.
    float extrapolationFactor = 0.0F; // 1 where the file says "yarn"
    float attentionFactor = 1.0F;     // multiplies cosines and sines, before YaRN's own 1 + 0.1 ln(1 / frequencyScale)
    float betaFast = 32.0F;
    float betaSlow = 1.0F;
    int originalContext = 0;
};

// cosine, sine: [count, dimensions / 2], for positions firstPosition .. firstPosition + count - 1.
void fillRopeTable(const RopeParameters& parameters, std::int64_t firstPosition, std::int64_t count, float* cosine,
                   float* sine);

} // namespace lemma::kernels
