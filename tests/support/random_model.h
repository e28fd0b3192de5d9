#pragma once
// Small models with random weights, written in memory: every architecture and file variant without a file.
//
//     RandomModel shape{.architecture = "deepseek2", .oldLatent = true};
//     GgufWriter writer = randomModel(shape);
//
// The same seed gives the same weights whatever the variant, so that two variants of one model can be compared.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/gguf_writer.h"

namespace lemma::tests {

struct RandomModel {
    std::string architecture = "llama";
    kernels::TensorType type = kernels::TensorType::F32; // of the matrices: F32 or Q8_0
    std::uint32_t seed = 1;
    std::uint32_t blocks = 2;
    std::uint32_t embedding = 64;
    std::uint32_t feedForward = 96;
    std::uint32_t heads = 4;
    std::uint32_t kvHeads = 2;
    std::uint32_t headLength = 32; // not embedding / heads, on purpose
    std::uint32_t vocabulary = 96;
    bool tiedEmbedding = false;
    bool fusedQkv = false;
    bool ropeFactors = false;

    // deepseek2
    std::uint32_t queryRank = 64; // 0: the Lite variant
    std::uint32_t latentRank = 64;
    std::uint32_t nopeLength = 32;
    std::uint32_t ropeLength = 32;
    std::uint32_t valueLength = 32;
    bool oldLatent = false; // attn_kv_b in one tensor, head lengths as key_length and value_length
    bool yarn = true;
    std::uint32_t experts = 8; // 0: none
    std::uint32_t expertsUsed = 3;
    std::uint32_t sharedExperts = 1;
    std::uint32_t denseBlocks = 1;
    std::uint32_t groups = 4; // 1: the keys are left out
    std::uint32_t groupsUsed = 2;
    bool sigmoidGating = true; // with normalised weights and a selection bias, as DeepSeek-V3; else as V2
    bool fusedGateUp = false;
};

GgufWriter randomModel(const RandomModel& shape);

} // namespace lemma::tests
