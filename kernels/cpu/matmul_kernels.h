#pragma once
// What an instruction set provides for matmul.h. Private to kernels/cpu.

#include "kernels/quant/tensor_type.h"

namespace lemma::kernels::cpu {

// The quantised form of some tokens: see Activations.
struct QuantizedView {
    std::int64_t columns;
    const std::int8_t* quants;
    const float* scales;
    const float* blockSums;
    const float* groupSums;
};

// Tiles and tokens to multiply. y[t * yStride + r] for tokens t and rows r counted from the start of the matrix.
struct TileProduct {
    const std::byte* tiles;
    std::size_t bytesPerTile;
    std::int64_t rows;
    QuantizedView x;
    std::int64_t tokenBegin;
    std::int64_t tokenEnd;
    std::int64_t rowBegin;
    std::int64_t rowEnd;
    float* y;
    std::int64_t yStride;
};

struct FloatProduct {
    const std::byte* weights;
    std::int64_t columns;
    const float* x;
    std::int64_t tokenBegin;
    std::int64_t tokenEnd;
    std::int64_t rowBegin;
    std::int64_t rowEnd;
    float* y;
    std::int64_t yStride;
};

using TileProductFunction = void (*)(const TileProduct&);
using FloatProductFunction = void (*)(const FloatProduct&);

struct MatmulKernels {
    int tileRows; // divides matmulRowAlignment
    void (*quantize)(const float* x, std::int64_t columns, std::int8_t* quants, float* scales, float* blockSums,
                     float* groupSums);                    // one token
    TileProductFunction (*tileProduct)(TensorType type);   // for quantised types
    FloatProductFunction (*floatProduct)(TensorType type); // for F32, F16, BF16
};

} // namespace lemma::kernels::cpu
