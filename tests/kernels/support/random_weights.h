#pragma once
// Random but sane data for kernel tests.

#include "kernels/quant/tensor_type.h"

#include <cstdint>
#include <random>
#include <vector>

namespace lemma::tests {

// Rows of blocks with random codes and scales that give weights of roughly unit size.
std::vector<std::byte> randomWeights(kernels::TensorType type, std::int64_t rows, std::int64_t columns, unsigned seed);

std::vector<float> randomFloats(std::size_t count, unsigned seed, float deviation = 1.0F);

// The bytes of a block that hold its floating-point scales.
std::vector<int> scaleBytes(kernels::TensorType type);

// Every type of the table, in its order.
std::vector<kernels::TensorType> allTypes();
std::vector<kernels::TensorType> quantizedTypes();

} // namespace lemma::tests
