#pragma once
// x[i] -> exp(x[i] - max) / sum of exp(x[j] - max), in place. -infinity is allowed (weight 0), but not for all entries.

#include <cstdint>

namespace lemma::kernels::reference {

void softmax(float* x, std::int64_t count);

} // namespace lemma::kernels::reference
