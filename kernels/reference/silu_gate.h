#pragma once
// y[i] = silu(gate[i]) * up[i], silu(v) = v / (1 + exp(-v)): the middle of a SwiGLU feed-forward network.
// Source: Shazeer, "GLU Variants Improve Transformer", 2020. y may be gate or up.

#include <cstdint>

namespace lemma::kernels::reference {

void siluGate(const float* gate, const float* up, std::int64_t count, float* y);

} // namespace lemma::kernels::reference
