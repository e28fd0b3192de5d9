#pragma once
// Quantised matrix products: y[t, r] = sum over c of W[r, c] * x[t, c], for one token (decode) and many (prefill).
//
//     PackedMatrix weights(kernels, type, data, rows, columns);      // at load
//     weights.packTiles(0, weights.tileCount());                     // in ranges, by many threads if wanted
//     ...
//     activations.reset(x, tokens, columns);                         // once per operator input; Q, K and V share it
//     activations.quantize(kernels, 0, tokens);                      // in ranges of tokens
//     matmul(weights, activations, 0, tokens, 0, rows, y, yStride);  // in ranges of tokens and rows
//
// Weights of a quantised type are repacked exactly, with no loss, into tiles of interleaved rows; activations become
// int8 in blocks of 32 with a float scale, and the products are summed in integers. F32, F16 and BF16 weights stay
// where they are and are multiplied with the float activations.
//
// The value of y[t, r] depends on row r and token t alone: not on the ranges, nor on what else is in the batch.

#include "kernels/cpu/aligned_buffer.h"
#include "kernels/cpu/cpu_kernels.h"
#include "kernels/quant/tensor_type.h"

namespace lemma::kernels::cpu {

// rowBegin of matmul() must be a multiple of this, rowEnd as well unless it is the last row.
inline constexpr std::int64_t matmulRowAlignment = 16;

// Columns of an int8 block of activations.
inline constexpr std::int64_t activationBlock = 32;

class PackedMatrix {
public:
    PackedMatrix() = default;

    // `data`: rows of `columns` weights in the file's layout, any alignment; must stay valid until everything is
    // packed, and for F32, F16 and BF16 as long as the matrix. Allocates (std::bad_alloc), but reads nothing yet.
    PackedMatrix(const CpuKernels& kernels, TensorType type, const std::byte* data, std::int64_t rows,
                 std::int64_t columns);

    // Tiles are independent of each other; no tile may be used before it is packed. Zero for types that need no
    // packing.
    std::int64_t tileCount() const { return m_tileCount; }
    void packTiles(std::int64_t tileBegin, std::int64_t tileEnd);

    TensorType type() const { return m_type; }
    std::int64_t rows() const { return m_rows; }
    std::int64_t columns() const { return m_columns; }
    std::size_t bytesRead() const;                            // by a product with one token
    std::size_t bytesOwned() const { return m_tiles.size(); } // beside the file

    const CpuKernels& kernels() const { return *m_kernels; }
    const std::byte* data() const { return m_data; }
    const std::byte* tiles() const { return m_tiles.data(); }
    std::size_t bytesPerTile() const { return m_bytesPerTile; }

private:
    const CpuKernels* m_kernels = nullptr;
    TensorType m_type = TensorType::F32;
    const std::byte* m_data = nullptr;
    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0;
    std::int64_t m_tileCount = 0;
    std::size_t m_bytesPerTile = 0;
    AlignedBuffer m_tiles;
};

// False for F32, F16 and BF16: activations that meet only such matrices need no quantize().
bool needsQuantizedActivations(TensorType type);

// The input of one or more matrix products. Reuse the object: storage only grows.
class Activations {
public:
    // x: [tokens, columns], contiguous; kept by reference until the products are done.
    void reset(const float* x, std::int64_t tokens, std::int64_t columns);

    // Ranges of tokens may run in different threads. `columns` must be a multiple of activationBlock.
    // A block with a NaN or an infinity makes every product of its token NaN.
    void quantize(const CpuKernels& kernels, std::int64_t tokenBegin, std::int64_t tokenEnd);

    std::int64_t tokens() const { return m_tokens; }
    std::int64_t columns() const { return m_columns; }
    const float* values() const { return m_values; }
    const std::int8_t* quants() const { return m_quants.data(); } // [tokens, columns]
    const float* scales() const { return m_scales.data(); }       // [tokens, columns / 32]
    const float* blockSums() const
    {
        return m_blockSums.data();
    } // [tokens, columns / 32]: scale * sum of the block's quants
    const float* groupSums() const
    {
        return m_groupSums.data();
    } // [tokens, columns / 16]: the same for each half of a block

private:
    const float* m_values = nullptr;
    std::int64_t m_tokens = 0;
    std::int64_t m_columns = 0;
    std::vector<std::int8_t> m_quants;
    std::vector<float> m_scales;
    std::vector<float> m_blockSums;
    std::vector<float> m_groupSums;
};

// Rows rowBegin .. rowEnd - 1 of tokens tokenBegin .. tokenEnd - 1. y: [tokens, yStride]; y[t * yStride + r] is
// written, with t and r counted from the start of the whole product.
void matmul(const PackedMatrix& weights, const Activations& x, std::int64_t tokenBegin, std::int64_t tokenEnd,
            std::int64_t rowBegin, std::int64_t rowEnd, float* y, std::int64_t yStride);

} // namespace lemma::kernels::cpu
