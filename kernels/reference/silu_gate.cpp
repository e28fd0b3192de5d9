#include "kernels/reference/silu_gate.h"

#include <cmath>

namespace lemma::kernels::reference {

void siluGate(const float* gate, const float* up, std::int64_t count, float* y)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const double value = static_cast<double>(gate[i]);
        y[i] = static_cast<float>(value / (1.0 + std::exp(-value)) * static_cast<double>(up[i]));
    }
}

} // namespace lemma::kernels::reference
