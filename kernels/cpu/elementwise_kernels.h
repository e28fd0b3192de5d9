#pragma once
// SiLU gate, addition, conversion to half floats. Included after a SIMD class `Simd`.

#include "kernels/cpu/exponential.h"
#include "kernels/cpu/simd.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace lemma::kernels::cpu {
namespace {

// The last `count` elements, with zeros behind them, so that they go through the very same operations as all others.
LEMMA_INLINE Simd::Floats loadFirst(const float* source, std::int64_t count)
{
    float buffer[Simd::lanes] = {};
    std::memcpy(buffer, source, static_cast<std::size_t>(count) * sizeof(float));
    return Simd::load(buffer);
}

LEMMA_INLINE void storeFirst(float* target, Simd::Floats a, std::int64_t count)
{
    float buffer[Simd::lanes];
    Simd::store(buffer, a);
    std::memcpy(target, buffer, static_cast<std::size_t>(count) * sizeof(float));
}

LEMMA_INLINE Simd::Floats siluTimes(Simd::Floats gate, Simd::Floats up)
{
    const Simd::Floats one = Simd::set(1.0F);
    const Simd::Floats inverse = exponential(Simd::subtract(Simd::zero(), gate));
    return Simd::multiply(Simd::divide(gate, Simd::add(one, inverse)), up);
}

void siluGate(const float* gate, const float* up, std::int64_t count, float* y)
{
    std::int64_t i = 0;
    for (; i + Simd::lanes <= count; i += Simd::lanes) {
        Simd::store(y + i, siluTimes(Simd::load(gate + i), Simd::load(up + i)));
    }
    if (i < count) {
        storeFirst(y + i, siluTimes(loadFirst(gate + i, count - i), loadFirst(up + i, count - i)), count - i);
    }
}

void add(const float* x, std::int64_t count, float* y)
{
    std::int64_t i = 0;
    for (; i + Simd::lanes <= count; i += Simd::lanes) {
        Simd::store(y + i, Simd::add(Simd::load(y + i), Simd::load(x + i)));
    }
    for (; i < count; ++i) {
        y[i] += x[i];
    }
}

void storeHalf(const float* x, std::int64_t count, std::byte* y)
{
    std::int64_t i = 0;
    for (; i + Simd::lanes <= count; i += Simd::lanes) {
        Simd::storeHalves(y + 2 * i, Simd::load(x + i));
    }
    if (i < count) {
        std::byte buffer[2 * Simd::lanes];
        Simd::storeHalves(buffer, loadFirst(x + i, count - i));
        std::memcpy(y + 2 * i, buffer, static_cast<std::size_t>(2 * (count - i)));
    }
}

} // namespace
} // namespace lemma::kernels::cpu
