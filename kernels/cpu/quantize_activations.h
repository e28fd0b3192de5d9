#pragma once
// One token's activations to int8, blocks of 32 with scale = largest magnitude / 127. Included after a SIMD class
// `Simd`.

#include "kernels/cpu/simd.h"

#include <cstdint>
#include <limits>

namespace lemma::kernels::cpu {
namespace {

// Smaller blocks become zero: the inverse of their scale would overflow.
constexpr float smallestMagnitude = 1e-30F;

LEMMA_INLINE float blockScale(const float* x, float& inverse)
{
    Simd::Floats largest = Simd::zero();
    Simd::Floats poison = Simd::zero(); // NaN as soon as one x is not finite
    for (int i = 0; i < 32; i += Simd::lanes) {
        const Simd::Floats values = Simd::load(x + i);
        largest = Simd::maximum(largest, Simd::absolute(values));
        poison = Simd::multiplyAdd(values, Simd::zero(), poison);
    }
    const float magnitude = Simd::largest(largest);
    const float nothing = Simd::sum(poison);
    if (nothing != 0.0F) { // true for NaN
        inverse = 0.0F;
        return std::numeric_limits<float>::quiet_NaN();
    }
    inverse = magnitude < smallestMagnitude ? 0.0F : 127.0F / magnitude;
    return magnitude < smallestMagnitude ? 0.0F : magnitude / 127.0F;
}

void quantizeActivations(const float* x, std::int64_t columns, std::int8_t* quants, float* scales, float* blockSums,
                         float* groupSums)
{
    for (std::int64_t block = 0; block < columns / 32; ++block) {
        const float* source = x + 32 * block;
        float inverse = 0.0F;
        const float scale = blockScale(source, inverse);
        std::int32_t sums[2] = {};
        for (int i = 0; i < 32; i += Simd::lanes) {
            const Simd::Ints values = inverse == 0.0F
                                          ? Simd::rounded(Simd::zero())
                                          : Simd::rounded(Simd::multiply(Simd::load(source + i), Simd::set(inverse)));
            Simd::storeBytes(quants + 32 * block + i, values);
            sums[i / 16] += Simd::sumInts(values);
        }
        scales[block] = scale;
        groupSums[2 * block] = scale * static_cast<float>(sums[0]);
        groupSums[2 * block + 1] = scale * static_cast<float>(sums[1]);
        blockSums[block] = scale * static_cast<float>(sums[0] + sums[1]);
    }
}

} // namespace
} // namespace lemma::kernels::cpu
