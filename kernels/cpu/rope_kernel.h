#pragma once
// Rotary position embedding. Included after a SIMD class `Simd`.

#include "kernels/cpu/simd.h"
#include "kernels/reference/rope.h"

namespace lemma::kernels::cpu {
namespace {

LEMMA_INLINE void turn(float& first, float& second, float cosine, float sine)
{
    const float a = first;
    const float b = second;
    first = a * cosine - b * sine;
    second = a * sine + b * cosine;
}

LEMMA_INLINE void turnAdjacent(float* head, int pairs, const float* cosine, const float* sine)
{
    int i = 0;
    for (; i + Simd::lanes / 2 <= pairs; i += Simd::lanes / 2) {
        const Simd::Floats values = Simd::load(head + 2 * i); // a0, b0, a1, b1, ...
        const Simd::Floats straight = Simd::multiply(values, Simd::loadTwice(cosine + i));
        const Simd::Floats crossed = Simd::multiply(Simd::swapPairs(values), Simd::loadTwice(sine + i));
        Simd::store(head + 2 * i, Simd::addSubtract(straight, crossed));
    }
    for (; i < pairs; ++i) {
        turn(head[2 * i], head[2 * i + 1], cosine[i], sine[i]);
    }
}

LEMMA_INLINE void turnHalfSplit(float* head, int pairs, const float* cosine, const float* sine)
{
    int i = 0;
    for (; i + Simd::lanes <= pairs; i += Simd::lanes) {
        const Simd::Floats a = Simd::load(head + i);
        const Simd::Floats b = Simd::load(head + i + pairs);
        const Simd::Floats c = Simd::load(cosine + i);
        const Simd::Floats s = Simd::load(sine + i);
        Simd::store(head + i, Simd::subtract(Simd::multiply(a, c), Simd::multiply(b, s)));
        Simd::store(head + i + pairs, Simd::add(Simd::multiply(a, s), Simd::multiply(b, c)));
    }
    for (; i < pairs; ++i) {
        turn(head[i], head[i + pairs], cosine[i], sine[i]);
    }
}

void rope(RopePairing pairing, const RopeTarget& target, const float* cosine, const float* sine)
{
    const int pairs = target.dimensions / 2;
    for (std::int64_t t = 0; t < target.tokens; ++t) {
        for (int h = 0; h < target.heads; ++h) {
            float* head = target.values + t * target.tokenStride + h * target.headStride;
            if (pairing == RopePairing::Adjacent) {
                turnAdjacent(head, pairs, cosine + t * pairs, sine + t * pairs);
            } else {
                turnHalfSplit(head, pairs, cosine + t * pairs, sine + t * pairs);
            }
        }
    }
}

} // namespace
} // namespace lemma::kernels::cpu
