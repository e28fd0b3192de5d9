#pragma once
// The random models that the tests of the forward pass run over: one for each architecture and file variant.

#include <string>
#include <utility>
#include <vector>

#include "tests/support/random_model.h"

namespace lemma::tests {

inline std::vector<std::pair<std::string, RandomModel>> modelVariants()
{
    using kernels::TensorType;
    return {
        {"llama", {.architecture = "llama"}},
        {"llama, rope factors, tied, fused", {.tiedEmbedding = true, .fusedQkv = true, .ropeFactors = true}},
        {"llama, Q8_0", {.type = TensorType::Q8_0, .ropeFactors = true}},
        {"qwen2", {.architecture = "qwen2"}},
        {"qwen2, Q8_0, fused", {.architecture = "qwen2", .type = TensorType::Q8_0, .fusedQkv = true}},
        {"qwen3", {.architecture = "qwen3"}},
        {"qwen3, Q8_0", {.architecture = "qwen3", .type = TensorType::Q8_0}},
        {"deepseek2", {.architecture = "deepseek2"}},
        {"deepseek2, old file", {.architecture = "deepseek2", .oldLatent = true}},
        {"deepseek2, Q8_0", {.architecture = "deepseek2", .type = TensorType::Q8_0}},
        {"deepseek2, old, Q8_0", {.architecture = "deepseek2", .type = TensorType::Q8_0, .oldLatent = true}},
        {"deepseek2 lite",
         {.architecture = "deepseek2", .queryRank = 0, .groups = 1, .sigmoidGating = false, .fusedGateUp = true}},
        {"deepseek2, dense only", {.architecture = "deepseek2", .yarn = false, .experts = 0}},
    };
}

inline std::vector<engine::TokenId> randomTokens(std::size_t count)
{
    std::vector<engine::TokenId> tokens;
    for (std::size_t i = 0; i < count; ++i)
        tokens.push_back(static_cast<engine::TokenId>((i * 37 + i * i * 11) % 96));
    return tokens;
}

} // namespace lemma::tests
