#pragma once
// Vector operations with AVX-512 (F, BW, DQ, VL) and VNNI for the matrix products: 16 lanes of 32 bits. Only for files
// compiled with these flags. simd_portable.h says in plain C++ what each operation does.
//
// VPDPBUSD multiplies four unsigned bytes a lane by four signed ones and adds the products to the lane's sum of 32
// bits, so nothing overflows in between: all columns that share a scale are summed by one chain of it.

#define LEMMA_SIMD_CHOSEN // see simd.h

#include "kernels/cpu/simd_inline.h"

#include <cstddef>
#include <cstdint>
#include <immintrin.h>

namespace lemma::kernels::cpu {
namespace {

struct Simd {
    static constexpr int lanes = 16;
    static constexpr int tokensPerStep = 8; // with one tile: sums, totals and partial sums in 24 of the 32 registers
    static constexpr bool multipliesSigned = false; // signed weights get a zero point: see TileTraits
    static constexpr int partialLimit = 1 << 30;    // sums are of 32 bits
    static constexpr int signedDepth = 1;           // not used

    using Floats = __m512;
    using Ints = __m512i;
    using Bytes = __m512i;
    using Partial = __m512i;

    // Floats
    static LEMMA_INLINE Floats zero() { return _mm512_setzero_ps(); }
    static LEMMA_INLINE Floats set(float value) { return _mm512_set1_ps(value); }
    static LEMMA_INLINE Floats load(const float* source) { return _mm512_loadu_ps(source); }
    static LEMMA_INLINE void store(float* target, Floats a) { _mm512_storeu_ps(target, a); }
    static LEMMA_INLINE Floats add(Floats a, Floats b) { return _mm512_add_ps(a, b); }
    static LEMMA_INLINE Floats multiply(Floats a, Floats b) { return _mm512_mul_ps(a, b); }
    static LEMMA_INLINE Floats multiplyAdd(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
    static LEMMA_INLINE Floats maximum(Floats a, Floats b) { return _mm512_max_ps(a, b); } // b where either is NaN
    static LEMMA_INLINE Floats absolute(Floats a) { return _mm512_abs_ps(a); }

    static LEMMA_INLINE Floats loadHalves(const std::byte* source)
    {
        return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(source)));
    }
    static LEMMA_INLINE Floats loadBfloats(const std::byte* source)
    {
        const __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(source));
        return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
    }

    static LEMMA_INLINE __m256 upperHalf(Floats a)
    {
        return _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(a), 1));
    }
    // Pairwise, in a fixed order: halves, quarters, eighths.
    static LEMMA_INLINE float sum(Floats a)
    {
        const __m256 half = _mm256_add_ps(_mm512_castps512_ps256(a), upperHalf(a));
        __m128 s = _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
        s = _mm_add_ps(s, _mm_movehl_ps(s, s));
        return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
    }
    static LEMMA_INLINE float largest(Floats a)
    {
        const __m256 half = _mm256_max_ps(_mm512_castps512_ps256(a), upperHalf(a));
        __m128 s = _mm_max_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
        s = _mm_max_ps(s, _mm_movehl_ps(s, s));
        return _mm_cvtss_f32(_mm_max_ss(s, _mm_movehdup_ps(s)));
    }

    // Floats and integers
    static LEMMA_INLINE Ints rounded(Floats a) { return _mm512_cvtps_epi32(a); } // to nearest even
    static LEMMA_INLINE Floats toFloats(Ints a) { return _mm512_cvtepi32_ps(a); }
    static LEMMA_INLINE Ints addInts(Ints a, Ints b) { return _mm512_add_epi32(a, b); }
    static LEMMA_INLINE std::int32_t sumInts(Ints a)
    {
        const __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(a), _mm512_extracti64x4_epi64(a, 1));
        __m128i s = _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
        s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4e));
        return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xb1)));
    }
    static LEMMA_INLINE void storeBytes(std::int8_t* target, Ints a) // integers from -128 to 127
    {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(target), _mm512_cvtsepi32_epi8(a));
    }

    // Bytes: codes of weights, four columns a lane
    static LEMMA_INLINE Bytes loadBytes(const std::byte* source) { return _mm512_loadu_si512(source); }
    static LEMMA_INLINE Bytes masked(Bytes a, int mask)
    {
        return _mm512_and_si512(a, _mm512_set1_epi8(static_cast<char>(mask)));
    }
    static LEMMA_INLINE Bytes either(Bytes a, Bytes b) { return _mm512_or_si512(a, b); }
    static LEMMA_INLINE Bytes addBytes(Bytes a, int b)
    {
        return _mm512_add_epi8(a, _mm512_set1_epi8(static_cast<char>(b)));
    }
    // Bits cross into the neighbouring byte: mask afterwards.
    template <int bits>
    static LEMMA_INLINE Bytes shiftedLeft(Bytes a)
    {
        if constexpr (bits >= 0) {
            return _mm512_slli_epi16(a, bits);
        } else {
            return _mm512_srli_epi16(a, -bits);
        }
    }
    static LEMMA_INLINE Bytes loadTable(const signed char* sixteen)
    {
        return _mm512_broadcast_i32x4(_mm_loadu_si128(reinterpret_cast<const __m128i*>(sixteen)));
    }
    static LEMMA_INLINE Bytes lookUp(Bytes table, Bytes codes) { return _mm512_shuffle_epi8(table, codes); }

    // Products of four columns: weights (one row a lane) by the same four activations for all rows.
    static LEMMA_INLINE Bytes broadcastFour(const std::int8_t* activations)
    {
        std::int32_t four = 0;
        __builtin_memcpy(&four, activations, sizeof four);
        return _mm512_set1_epi32(four);
    }
    template <bool isSigned>
    static LEMMA_INLINE Partial products(Bytes weights, Bytes activations)
    {
        return addProducts<isSigned>(_mm512_setzero_si512(), weights, activations);
    }
    template <bool isSigned>
    static LEMMA_INLINE Partial addProducts(Partial sum, Bytes weights, Bytes activations)
    {
        static_assert(!isSigned);
        return _mm512_dpbusd_epi32(sum, weights, activations);
    }
    static LEMMA_INLINE Ints total(Partial a) { return a; }
    static LEMMA_INLINE Ints totalTimes(Partial a, Ints groupScale) { return _mm512_mullo_epi32(a, groupScale); }

    // One signed byte (or nibble) per lane: the integer scales and offsets of groups of columns.
    static LEMMA_INLINE __m128i loadSixteen(const std::byte* source)
    {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(source));
    }
    static LEMMA_INLINE Ints loadGroupScale(const std::byte* source)
    {
        return _mm512_cvtepi8_epi32(loadSixteen(source));
    }
    static LEMMA_INLINE Ints loadLowNibbleScale(const std::byte* source)
    {
        return _mm512_cvtepi8_epi32(_mm_and_si128(loadSixteen(source), _mm_set1_epi8(15)));
    }
    static LEMMA_INLINE Floats loadSmallInts(const std::byte* source) { return toFloats(loadGroupScale(source)); }
    static LEMMA_INLINE Floats loadHighNibbles(const std::byte* source)
    {
        const __m128i nibbles = _mm_and_si128(_mm_srli_epi16(loadSixteen(source), 4), _mm_set1_epi8(15));
        return toFloats(_mm512_cvtepi8_epi32(nibbles));
    }

    static LEMMA_INLINE void prefetch(const std::byte* address)
    {
        _mm_prefetch(reinterpret_cast<const char*>(address), _MM_HINT_T0);
    }
};

} // namespace
} // namespace lemma::kernels::cpu
