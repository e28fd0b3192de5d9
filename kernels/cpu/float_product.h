#pragma once
// The product of F32, F16 or BF16 weights, in the file's layout, with float activations. Included after a SIMD class
// `Simd`.
//
// Four rows by up to three tokens share the loads. Each y[t, r] is summed lane by lane from the first column to the
// last and then over the lanes, whatever rows and tokens it shares the registers with.

#include "kernels/cpu/matmul_kernels.h"
#include "kernels/cpu/simd.h"

#include <cstring>

namespace lemma::kernels::cpu {
namespace {

template <TensorType type>
LEMMA_INLINE Simd::Floats loadWeights(const std::byte* source)
{
    if constexpr (type == TensorType::F16) {
        return Simd::loadHalves(source);
    } else if constexpr (type == TensorType::BF16) {
        return Simd::loadBfloats(source);
    } else {
        return Simd::load(reinterpret_cast<const float*>(source));
    }
}

// The last columns, with zeros behind them.
template <TensorType type>
LEMMA_INLINE Simd::Floats loadLastWeights(const std::byte* source, std::int64_t count)
{
    alignas(64) std::byte buffer[4 * Simd::lanes] = {};
    std::memcpy(buffer, source, static_cast<std::size_t>(count) * (type == TensorType::F32 ? 4 : 2));
    return loadWeights<type>(buffer);
}

template <TensorType type, int rows, int tokens>
LEMMA_INLINE void multiplyRows(const FloatProduct& product, std::int64_t row, std::int64_t token)
{
    constexpr std::int64_t elementBytes = type == TensorType::F32 ? 4 : 2;
    const std::int64_t columns = product.columns;
    const std::byte* weights = product.weights + row * columns * elementBytes;
    const float* x = product.x + token * columns;
    Simd::Floats sums[rows][tokens];
    for (int r = 0; r < rows; ++r) {
        for (int t = 0; t < tokens; ++t) {
            sums[r][t] = Simd::zero();
        }
    }
    const std::int64_t whole = columns / Simd::lanes * Simd::lanes;
    const std::int64_t rest = columns - whole;
    for (std::int64_t c = 0; c < whole; c += Simd::lanes) {
        Simd::Floats activations[tokens];
        for (int t = 0; t < tokens; ++t) {
            activations[t] = Simd::load(x + t * columns + c);
        }
        for (int r = 0; r < rows; ++r) {
            const Simd::Floats w = loadWeights<type>(weights + (r * columns + c) * elementBytes);
            for (int t = 0; t < tokens; ++t) {
                sums[r][t] = Simd::multiplyAdd(w, activations[t], sums[r][t]);
            }
        }
    }
    if (rest != 0) {
        for (int t = 0; t < tokens; ++t) {
            const auto* source = reinterpret_cast<const std::byte*>(x + t * columns + whole);
            const Simd::Floats activations = loadLastWeights<TensorType::F32>(source, rest);
            for (int r = 0; r < rows; ++r) {
                const Simd::Floats w = loadLastWeights<type>(weights + (r * columns + whole) * elementBytes, rest);
                sums[r][t] = Simd::multiplyAdd(w, activations, sums[r][t]);
            }
        }
    }
    for (int r = 0; r < rows; ++r) {
        for (int t = 0; t < tokens; ++t) {
            product.y[(token + t) * product.yStride + row + r] = Simd::sum(sums[r][t]);
        }
    }
}

template <TensorType type, int rows>
LEMMA_INLINE void multiplyAllTokens(const FloatProduct& product, std::int64_t row)
{
    std::int64_t token = product.tokenBegin;
    for (; token + 3 <= product.tokenEnd; token += 3) {
        multiplyRows<type, rows, 3>(product, row, token);
    }
    for (; token < product.tokenEnd; ++token) {
        multiplyRows<type, rows, 1>(product, row, token);
    }
}

template <TensorType type>
void multiplyFloats(const FloatProduct& product)
{
    std::int64_t row = product.rowBegin;
    for (; row + 4 <= product.rowEnd; row += 4) {
        multiplyAllTokens<type, 4>(product, row);
    }
    for (; row < product.rowEnd; ++row) {
        multiplyAllTokens<type, 1>(product, row);
    }
}

FloatProductFunction floatProductOf(TensorType type)
{
    switch (type) {
    case TensorType::F32: return multiplyFloats<TensorType::F32>;
    case TensorType::F16: return multiplyFloats<TensorType::F16>;
    case TensorType::BF16: return multiplyFloats<TensorType::BF16>;
    default: return nullptr;
    }
}

} // namespace
} // namespace lemma::kernels::cpu
