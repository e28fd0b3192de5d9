#pragma once
// Stands in for the compiler's header when a kernel set is compiled for the tests: the same intrinsics in plain C++, by
// SIMDe, so that the kernels of any instruction set compute on any processor. What SIMDe 0.7 lacks is added here.

#define SIMDE_NO_NATIVE
#define SIMDE_NO_INLINE // inlined, the unrolled products would take a compiler ten minutes
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx2.h>
#include <simde/x86/avx512.h>
#include <simde/x86/f16c.h>
#include <simde/x86/fma.h>

#include <cmath>
#include <cstdint>
#include <cstring>

namespace lemma::tests {

// result[i] = function(a[i]) for `count` lanes.
template <class Target, class Source, int count, class Vector, class Register, class Function>
Vector eachLane(Register a, Function function)
{
    Source source[count];
    Target target[count];
    std::memcpy(source, &a, sizeof source);
    for (int i = 0; i < count; ++i) {
        target[i] = function(source[i]);
    }
    Vector result;
    std::memcpy(&result, target, sizeof result);
    return result;
}

} // namespace lemma::tests

[[gnu::noinline]] inline __m512 _mm512_cvtepi32_ps(__m512i a)
{
    return lemma::tests::eachLane<float, std::int32_t, 16, __m512>(
        a, [](std::int32_t value) { return static_cast<float>(value); });
}
[[gnu::noinline]] inline __m512i _mm512_cvtps_epi32(__m512 a) // the tests keep the default rounding: to nearest even
{
    return lemma::tests::eachLane<std::int32_t, float, 16, __m512i>(
        a, [](float value) { return static_cast<std::int32_t>(std::nearbyint(value)); });
}
[[gnu::noinline]] inline __m512i _mm512_cvtepi8_epi32(__m128i a)
{
    return lemma::tests::eachLane<std::int32_t, std::int8_t, 16, __m512i>(
        a, [](std::int8_t value) { return static_cast<std::int32_t>(value); });
}
[[gnu::noinline]] inline __m512i _mm512_cvtepu16_epi32(__m256i a)
{
    return lemma::tests::eachLane<std::int32_t, std::uint16_t, 16, __m512i>(
        a, [](std::uint16_t value) { return static_cast<std::int32_t>(value); });
}
[[gnu::noinline]] inline __m512 _mm512_cvtph_ps(__m256i a)
{
    return lemma::tests::eachLane<float, std::uint16_t, 16, __m512>(
        a, [](std::uint16_t value) { return simde_float16_to_float32(simde_uint16_as_float16(value)); });
}

[[gnu::noinline]] inline __m256i _mm256_dpbusd_avx_epi32(__m256i sum, __m256i a, __m256i b)
{
    return simde_mm256_dpbusd_epi32(sum, a, b);
}

#ifndef _mm_prefetch
#define _mm_prefetch(address, hint) static_cast<void>(address)
#endif
