#include "kernels/reference/rms_norm.h"

#include <cmath>

namespace lemma::kernels::reference {

void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns, float* y)
{
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* row = x + r * columns;
        double squares = 0.0;
        for (std::int64_t c = 0; c < columns; ++c) {
            squares += static_cast<double>(row[c]) * static_cast<double>(row[c]);
        }
        const double factor = 1.0 / std::sqrt(squares / static_cast<double>(columns) + static_cast<double>(epsilon));
        for (std::int64_t c = 0; c < columns; ++c) {
            y[r * columns + c] =
                static_cast<float>(static_cast<double>(row[c]) * factor * static_cast<double>(weight[c]));
        }
    }
}

} // namespace lemma::kernels::reference
