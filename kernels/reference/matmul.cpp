#include "kernels/reference/matmul.h"

#include "kernels/quant/dequantize.h"

#include <vector>

namespace lemma::kernels::reference {

void matmul(TensorType type, const std::byte* weights, std::int64_t rows, std::int64_t columns, const float* x,
            std::int64_t tokens, float* y, std::int64_t yStride)
{
    std::vector<float> row(static_cast<std::size_t>(columns));
    const std::size_t bytes = rowBytes(type, columns);
    for (std::int64_t r = 0; r < rows; ++r) {
        dequantizeRow(type, weights + static_cast<std::size_t>(r) * bytes, row.data(), columns);
        for (std::int64_t t = 0; t < tokens; ++t) {
            const float* activation = x + t * columns;
            double sum = 0.0;
            for (std::int64_t c = 0; c < columns; ++c) {
                sum += static_cast<double>(row[static_cast<std::size_t>(c)]) * static_cast<double>(activation[c]);
            }
            y[t * yStride + r] = static_cast<float>(sum);
        }
    }
}

} // namespace lemma::kernels::reference
