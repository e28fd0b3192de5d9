#pragma once
// LoRA adapters of random numbers for a model that is there, in the form that llama.cpp writes:
//
//     GgufWriter writer = randomAdapter(modelFile, {.rank = 4});
//
// They change every matrix but the embedding. As large as the weights: an effect is not to be overlooked.

#include "tests/support/gguf_writer.h"

namespace lemma::tests {

struct RandomAdapter {
    std::uint64_t rank = 4;
    std::uint32_t seed = 1;
    float alpha = 8;
    kernels::TensorType type = kernels::TensorType::F32; // or F16, BF16, Q8_0 (then the rank is a multiple of 32)
};

GgufWriter randomAdapter(const engine::GgufFile& model, const RandomAdapter& shape);

} // namespace lemma::tests
