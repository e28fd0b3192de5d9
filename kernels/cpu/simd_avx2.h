#pragma once
// Vector operations with AVX2, FMA and F16C for the kernel templates: 8 lanes of 32 bits. Only for files compiled with
// these flags. simd_portable.h says in plain C++ what each operation does.
//
// With LEMMA_SIMD_VNNI defined (and the flag of AVX-VNNI) products of bytes are summed in 32 bits by VPDPBUSD, which
// takes unsigned weights only; without it, in 16 bits, where few of them fit.

#define LEMMA_SIMD_CHOSEN // see simd.h

#include "kernels/cpu/simd_inline.h"

#include <cstddef>
#include <cstdint>
#include <immintrin.h>

namespace lemma::kernels::cpu {
namespace {

struct Simd {
    static constexpr int lanes = 8;
    static constexpr int tokensPerStep = 4; // with two tiles: eight sums in the 16 registers
#ifdef LEMMA_SIMD_VNNI
    static constexpr bool multipliesSigned = false;
    static constexpr int partialLimit = 1 << 30;
    static constexpr int signedDepth = 1; // not used
#else
    static constexpr bool multipliesSigned = true;
    static constexpr int partialLimit = 32767; // products of bytes are first summed in 16 bits
    static constexpr int signedDepth = 1;      // products of signed bytes that fit: one pair is up to 2 * 128 * 127
#endif

    using Floats = __m256;
    using Ints = __m256i;
    using Bytes = __m256i;
    using Partial = __m256i;

    // Floats
    static LEMMA_INLINE Floats zero() { return _mm256_setzero_ps(); }
    static LEMMA_INLINE Floats set(float value) { return _mm256_set1_ps(value); }
    static LEMMA_INLINE Floats load(const float* source) { return _mm256_loadu_ps(source); }
    static LEMMA_INLINE void store(float* target, Floats a) { _mm256_storeu_ps(target, a); }
    static LEMMA_INLINE Floats add(Floats a, Floats b) { return _mm256_add_ps(a, b); }
    static LEMMA_INLINE Floats subtract(Floats a, Floats b) { return _mm256_sub_ps(a, b); }
    static LEMMA_INLINE Floats multiply(Floats a, Floats b) { return _mm256_mul_ps(a, b); }
    static LEMMA_INLINE Floats divide(Floats a, Floats b) { return _mm256_div_ps(a, b); }
    static LEMMA_INLINE Floats multiplyAdd(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a, b, c); }
    static LEMMA_INLINE Floats maximum(Floats a, Floats b) { return _mm256_max_ps(a, b); } // b where either is NaN
    static LEMMA_INLINE Floats minimum(Floats a, Floats b) { return _mm256_min_ps(a, b); }

    static LEMMA_INLINE Floats zeroWhereLess(Floats a, Floats limit, Floats value)
    {
        return _mm256_andnot_ps(_mm256_cmp_ps(a, limit, _CMP_LT_OQ), value);
    }

    static LEMMA_INLINE Floats loadHalves(const std::byte* source)
    {
        return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(source)));
    }
    static LEMMA_INLINE Floats loadBfloats(const std::byte* source)
    {
        const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(source));
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
    }
    static LEMMA_INLINE void storeHalves(std::byte* target, Floats a)
    {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(target), _mm256_cvtps_ph(a, _MM_FROUND_TO_NEAREST_INT));
    }

    // Pairwise, in a fixed order: ((0+4)+(2+6)) + ((1+5)+(3+7)).
    static LEMMA_INLINE float sum(Floats a)
    {
        __m128 s = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
        s = _mm_add_ps(s, _mm_movehl_ps(s, s));
        return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
    }
    static LEMMA_INLINE float largest(Floats a)
    {
        __m128 s = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
        s = _mm_max_ps(s, _mm_movehl_ps(s, s));
        return _mm_cvtss_f32(_mm_max_ss(s, _mm_movehdup_ps(s)));
    }

    // target[i] = sum of the lanes of the i-th argument
    static LEMMA_INLINE void storeSums(float* target, Floats a, Floats b, Floats c, Floats d)
    {
        const __m256 pairs = _mm256_hadd_ps(_mm256_hadd_ps(a, b), _mm256_hadd_ps(c, d));
        _mm_storeu_ps(target, _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps(pairs, 1)));
    }

    // (a0, a1, a2, ...) -> (a1, a0, a3, ...), (a0, a0, a2, ...) and so on: for pairs of neighbours
    static LEMMA_INLINE Floats swapPairs(Floats a) { return _mm256_permute_ps(a, 0xb1); }
    static LEMMA_INLINE Floats addSubtract(Floats a, Floats b)
    {
        return _mm256_addsub_ps(a, b);
    } // a0 - b0, a1 + b1, ...
    // The first four floats, each twice.
    static LEMMA_INLINE Floats loadTwice(const float* source)
    {
        const __m256 four = _mm256_castps128_ps256(_mm_loadu_ps(source));
        return _mm256_permutevar8x32_ps(four, _mm256_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3));
    }

    static LEMMA_INLINE Floats absolute(Floats a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0F), a); }

    // Floats and integers
    static LEMMA_INLINE Ints rounded(Floats a) { return _mm256_cvtps_epi32(a); } // to nearest even
    static LEMMA_INLINE Floats toFloats(Ints a) { return _mm256_cvtepi32_ps(a); }
    static LEMMA_INLINE Floats powerOfTwo(Ints n) // -126 <= n <= 127
    {
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(n, _mm256_set1_epi32(127)), 23));
    }
    static LEMMA_INLINE Ints addInts(Ints a, Ints b) { return _mm256_add_epi32(a, b); }

    static LEMMA_INLINE std::int32_t sumInts(Ints a)
    {
        __m128i s = _mm_add_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
        s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4e));
        return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xb1)));
    }
    // Integers from -128 to 127 as bytes.
    static LEMMA_INLINE void storeBytes(std::int8_t* target, Ints a)
    {
        const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(target), _mm_packs_epi16(words, words));
    }

    // Bytes: codes of weights, four columns a lane
    static LEMMA_INLINE Bytes loadBytes(const std::byte* source)
    {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(source));
    }
    static LEMMA_INLINE Bytes masked(Bytes a, int mask)
    {
        return _mm256_and_si256(a, _mm256_set1_epi8(static_cast<char>(mask)));
    }
    static LEMMA_INLINE Bytes either(Bytes a, Bytes b) { return _mm256_or_si256(a, b); }
    static LEMMA_INLINE Bytes addBytes(Bytes a, int b)
    {
        return _mm256_add_epi8(a, _mm256_set1_epi8(static_cast<char>(b)));
    }
    // Bits cross into the neighbouring byte: mask afterwards.
    template <int bits>
    static LEMMA_INLINE Bytes shiftedLeft(Bytes a)
    {
        if constexpr (bits >= 0) {
            return _mm256_slli_epi16(a, bits);
        } else {
            return _mm256_srli_epi16(a, -bits);
        }
    }
    static LEMMA_INLINE Bytes loadTable(const signed char* sixteen)
    {
        return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(sixteen)));
    }
    static LEMMA_INLINE Bytes lookUp(Bytes table, Bytes codes) { return _mm256_shuffle_epi8(table, codes); }

    // Products of four columns: weights (one row a lane) by the same four activations for all rows.
    static LEMMA_INLINE Bytes broadcastFour(const std::int8_t* activations)
    {
        return _mm256_castps_si256(_mm256_broadcast_ss(reinterpret_cast<const float*>(activations)));
    }
#ifdef LEMMA_SIMD_VNNI
    template <bool isSigned>
    static LEMMA_INLINE Partial products(Bytes weights, Bytes activations)
    {
        return addProducts<isSigned>(_mm256_setzero_si256(), weights, activations);
    }
    template <bool isSigned>
    static LEMMA_INLINE Partial addProducts(Partial sum, Bytes weights, Bytes activations)
    {
        static_assert(!isSigned);
        return _mm256_dpbusd_avx_epi32(sum, weights, activations);
    }
    static LEMMA_INLINE Ints total(Partial a) { return a; }
    static LEMMA_INLINE Ints totalTimes(Partial a, Ints groupScale) { return _mm256_mullo_epi32(a, groupScale); }
#else
    template <bool isSigned>
    static LEMMA_INLINE Partial products(Bytes weights, Bytes activations)
    {
        if constexpr (isSigned) { // |w| * (x with the sign of w): at most 2 * 128 * 127, which fits
            return _mm256_maddubs_epi16(_mm256_abs_epi8(weights), _mm256_sign_epi8(activations, weights));
        } else {
            return _mm256_maddubs_epi16(weights, activations);
        }
    }
    template <bool isSigned>
    static LEMMA_INLINE Partial addProducts(Partial sum, Bytes weights, Bytes activations)
    {
        return _mm256_add_epi16(sum, products<isSigned>(weights, activations));
    }
    static LEMMA_INLINE Ints total(Partial a) { return _mm256_madd_epi16(a, _mm256_set1_epi16(1)); }
    static LEMMA_INLINE Ints totalTimes(Partial a, Ints groupScale) { return _mm256_madd_epi16(a, groupScale); }
#endif

    // One signed byte (or nibble) per lane: the integer scales and offsets of groups of columns.
    static LEMMA_INLINE __m128i loadEight(const std::byte* source)
    {
        return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(source));
    }
    static LEMMA_INLINE Ints groupScale(__m128i bytes) // as totalTimes needs it
    {
#ifdef LEMMA_SIMD_VNNI
        return _mm256_cvtepi8_epi32(bytes);
#else
        return _mm256_cvtepi8_epi16(_mm_unpacklo_epi8(bytes, bytes)); // twice as int16
#endif
    }
    static LEMMA_INLINE Ints loadGroupScale(const std::byte* source) { return groupScale(loadEight(source)); }
    static LEMMA_INLINE Ints loadLowNibbleScale(const std::byte* source)
    {
        return groupScale(_mm_and_si128(loadEight(source), _mm_set1_epi8(15)));
    }
    static LEMMA_INLINE Floats loadSmallInts(const std::byte* source)
    {
        return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(loadEight(source)));
    }
    static LEMMA_INLINE Floats loadHighNibbles(const std::byte* source)
    {
        const __m128i nibbles = _mm_and_si128(_mm_srli_epi16(loadEight(source), 4), _mm_set1_epi8(15));
        return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(nibbles));
    }

    static LEMMA_INLINE void prefetch(const std::byte* address)
    {
        _mm_prefetch(reinterpret_cast<const char*>(address), _MM_HINT_T0);
    }
};

} // namespace
} // namespace lemma::kernels::cpu
