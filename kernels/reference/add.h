#pragma once
// y[i] += x[i]: residual connections; and y[t, c] += bias[c] for the biases of Qwen 2.

#include <cstdint>

namespace lemma::kernels::reference {

void add(const float* x, std::int64_t count, float* y);

// y: [tokens, columns] with yStride floats from one token to the next.
void addBias(const float* bias, std::int64_t tokens, std::int64_t columns, float* y, std::int64_t yStride);

} // namespace lemma::kernels::reference
