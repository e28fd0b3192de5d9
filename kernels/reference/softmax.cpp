#include "kernels/reference/softmax.h"

#include <algorithm>
#include <cmath>

namespace lemma::kernels::reference {

void softmax(float* x, std::int64_t count)
{
    const double maximum = static_cast<double>(*std::max_element(x, x + count));
    double sum = 0.0;
    for (std::int64_t i = 0; i < count; ++i) {
        sum += std::exp(static_cast<double>(x[i]) - maximum);
    }
    for (std::int64_t i = 0; i < count; ++i) {
        x[i] = static_cast<float>(std::exp(static_cast<double>(x[i]) - maximum) / sum);
    }
}

} // namespace lemma::kernels::reference
