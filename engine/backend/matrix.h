#pragma once
// The weights of one linear layer.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/cpu/matmul.h"
#include "kernels/quant/tensor_type.h"

namespace lemma::engine {

// Rows of a tensor in the file's layout. The bytes outlive the matrix made from them.
struct MatrixSource {
    kernels::TensorType type = kernels::TensorType::F32;
    std::int64_t rows = 0;    // outputs
    std::int64_t columns = 0; // inputs
    const std::byte* data = nullptr;

    std::size_t bytes() const { return static_cast<std::size_t>(rows) * kernels::rowBytes(type, columns); }
};

struct LowRankUpdate;

struct Matrix {
    MatrixSource source;
    kernels::cpu::PackedMatrix packed;  // of the fast operators
    std::vector<std::byte> owned;       // the source's bytes, where they are in no file
    std::vector<LowRankUpdate> updates; // of adapters that are applied at run time

    std::int64_t rows() const { return source.rows; }
    std::int64_t columns() const { return source.columns; }
};

// Adds strength * b (a x) to the product with x.
struct LowRankUpdate {
    Matrix a; // [rank, columns]
    Matrix b; // [rows, rank]
    float strength = 1;
};

} // namespace lemma::engine
