#pragma once
// y[r, c] = x[r, c] / sqrt(mean over c of x[r, c]^2 + epsilon) * weight[c]
// Source: Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019. x, y: [rows, columns]; y may be x.

#include <cstdint>

namespace lemma::kernels::reference {

void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns, float* y);

} // namespace lemma::kernels::reference
