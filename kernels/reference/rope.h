#pragma once
// Rotary position embedding, in place: turns pairs of dimensions by the angles of a table (see rope_table.h).
//
//     (a, b) -> (a cos - b sin, a sin + b cos)
//
// Adjacent pairs (2 i, 2 i + 1) are what llama and deepseek2 files need (ggml: NORM); HalfSplit pairs
// (i, i + dimensions / 2) what qwen2 and qwen3 files need (ggml: NEOX).

#include <cstdint>

namespace lemma::kernels {

enum class RopePairing { Adjacent, HalfSplit };

// Where the rotated dimensions lie: head h of token t starts at values + t * tokenStride + h * headStride.
struct RopeTarget {
    float* values = nullptr;
    std::int64_t tokens = 0;
    std::int64_t tokenStride = 0;
    int heads = 0;
    std::int64_t headStride = 0;
    int dimensions = 0;
};

namespace reference {

// cosine, sine: [tokens, dimensions / 2]
void rope(RopePairing pairing, const RopeTarget& target, const float* cosine, const float* sine);

} // namespace reference
} // namespace lemma::kernels
