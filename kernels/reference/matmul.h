#pragma once
// y[t, r] = sum over c of weights[r, c] * x[t, c]: the definition of every matrix product here.
//
// weights: `rows` rows of `columns` weights in the file's layout; x: [tokens, columns]; y: [tokens, yStride], of which
// columns 0 .. rows - 1 are written, so that several calls (threads) may fill ranges of rows of one result.
// Each row is decoded to float32; products are summed in double, so the result is exact but for its last rounding.

#include "kernels/quant/tensor_type.h"

namespace lemma::kernels::reference {

void matmul(TensorType type, const std::byte* weights, std::int64_t rows, std::int64_t columns, const float* x,
            std::int64_t tokens, float* y, std::int64_t yStride);

} // namespace lemma::kernels::reference
