#include "kernels/reference/add.h"

namespace lemma::kernels::reference {

void add(const float* x, std::int64_t count, float* y)
{
    for (std::int64_t i = 0; i < count; ++i) {
        y[i] += x[i];
    }
}

void addBias(const float* bias, std::int64_t tokens, std::int64_t columns, float* y, std::int64_t yStride)
{
    for (std::int64_t t = 0; t < tokens; ++t) {
        add(bias, columns, y + t * yStride);
    }
}

} // namespace lemma::kernels::reference
