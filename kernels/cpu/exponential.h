#pragma once
// exp(x) for vectors. Included after a SIMD class `Simd`.
//
// x = n ln 2 + r with |r| <= ln 2 / 2, exp(x) = 2^n exp(r), exp(r) by its Taylor polynomial of degree 7. The remainder
// is below r^8 / 8! * e^0.35 <= 7.4e-9 of the result. n ln 2 is subtracted in two parts, the first exact, so r carries
// an error of at most 2^-24 * 0.35 + 88 * 2^-49; the polynomial's last steps round by 2^-24 each. Together less
// than 2.5e-7 relative (2 units in the last place). Results below 2^-126 become 0; x above 88.3 gives exp(88.3); NaN
// stays NaN.

#include "kernels/cpu/simd.h"

namespace lemma::kernels::cpu {
namespace {

LEMMA_INLINE Simd::Floats exponential(Simd::Floats x)
{
    constexpr float lowest = -87.33F;       // just above ln(2^-126)
    constexpr float highest = 88.3F;        // n stays at most 127
    constexpr float ln2High = 0x1.62e4p-1F; // few bits, so that n * ln2High is exact
    constexpr float ln2Low = 0x1.7f7d1cp-20F;
    const Simd::Floats clamped = Simd::maximum(Simd::set(lowest), Simd::minimum(Simd::set(highest), x));
    const Simd::Ints n = Simd::rounded(Simd::multiply(clamped, Simd::set(1.44269504F)));
    const Simd::Floats steps = Simd::toFloats(n);
    Simd::Floats r = Simd::multiplyAdd(steps, Simd::set(-ln2High), clamped);
    r = Simd::multiplyAdd(steps, Simd::set(-ln2Low), r);
    Simd::Floats sum = Simd::set(1.0F / 5040.0F);
    sum = Simd::multiplyAdd(sum, r, Simd::set(1.0F / 720.0F));
    sum = Simd::multiplyAdd(sum, r, Simd::set(1.0F / 120.0F));
    sum = Simd::multiplyAdd(sum, r, Simd::set(1.0F / 24.0F));
    sum = Simd::multiplyAdd(sum, r, Simd::set(1.0F / 6.0F));
    sum = Simd::multiplyAdd(sum, r, Simd::set(0.5F));
    sum = Simd::multiplyAdd(sum, r, Simd::set(1.0F));
    sum = Simd::multiplyAdd(sum, r, Simd::set(1.0F));
    return Simd::zeroWhereLess(x, Simd::set(lowest), Simd::multiply(sum, Simd::powerOfTwo(n)));
}

} // namespace
} // namespace lemma::kernels::cpu
