#pragma once
// The vector operations of the kernel templates for any processor, in the vector types that GCC and Clang turn into
// whatever the processor has. Also the description of what each operation means. 8 lanes of 32 bits.

#include "kernels/cpu/simd_inline.h"
#include "kernels/quant/half.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace lemma::kernels::cpu {
namespace {

struct Simd {
    static constexpr int lanes = 8;
    static constexpr int tokensPerStep = 1; // more do not fit into the registers of 128 bits
    static constexpr bool multipliesSigned = true;
    static constexpr int partialLimit = 65534; // for pairs of products; a Partial keeps each column apart in 16 bits
    static constexpr int signedDepth = 2;      // products of signed bytes that a Partial can sum: 2 * 128 * 127 < 2^15

    using Floats [[gnu::vector_size(32)]] = float;
    using Ints [[gnu::vector_size(32)]] = std::int32_t;
    using Bytes [[gnu::vector_size(32)]] = std::uint8_t;
    using SignedBytes [[gnu::vector_size(32)]] = std::int8_t;
    using Partial [[gnu::vector_size(64)]] = std::int16_t;
    using Pairs [[gnu::vector_size(64)]] = std::int32_t;
    using Quads [[gnu::vector_size(64)]] = std::uint64_t;

    template <class Vector>
    static LEMMA_INLINE Vector loadAs(const void* source)
    {
        Vector result;
        std::memcpy(&result, source, sizeof result);
        return result;
    }

    // Floats
    static LEMMA_INLINE Floats zero() { return Floats{}; }
    static LEMMA_INLINE Floats set(float value) { return Floats{} + value; }
    static LEMMA_INLINE Floats load(const float* source) { return loadAs<Floats>(source); }
    static LEMMA_INLINE void store(float* target, Floats a) { std::memcpy(target, &a, sizeof a); }
    static LEMMA_INLINE Floats add(Floats a, Floats b) { return a + b; }
    static LEMMA_INLINE Floats subtract(Floats a, Floats b) { return a - b; }
    static LEMMA_INLINE Floats multiply(Floats a, Floats b) { return a * b; }
    static LEMMA_INLINE Floats divide(Floats a, Floats b) { return a / b; }
    // Other sets round once here, this one twice.
    static LEMMA_INLINE Floats multiplyAdd(Floats a, Floats b, Floats c) { return a * b + c; }
    static LEMMA_INLINE Floats maximum(Floats a, Floats b) { return a > b ? a : b; } // b where either is NaN
    static LEMMA_INLINE Floats minimum(Floats a, Floats b) { return a < b ? a : b; }
    static LEMMA_INLINE Floats zeroWhereLess(Floats a, Floats limit, Floats value)
    {
        return a < limit ? Floats{} : value;
    }
    static LEMMA_INLINE Floats absolute(Floats a) { return loadBits(std::bit_cast<Ints>(a) & 0x7fffffff); }
    static LEMMA_INLINE Floats loadBits(Ints bits) { return std::bit_cast<Floats>(bits); }

    static LEMMA_INLINE std::uint16_t bitsAt(const std::byte* source, int i)
    {
        std::uint16_t bits = 0;
        std::memcpy(&bits, source + 2 * i, sizeof bits);
        return bits;
    }
    static LEMMA_INLINE Floats loadHalves(const std::byte* source)
    {
        Floats result{};
        for (int i = 0; i < lanes; ++i) {
            result[i] = floatFromHalf(bitsAt(source, i));
        }
        return result;
    }
    static LEMMA_INLINE Floats loadBfloats(const std::byte* source)
    {
        Floats result{};
        for (int i = 0; i < lanes; ++i) {
            result[i] = floatFromBfloat(bitsAt(source, i));
        }
        return result;
    }
    static LEMMA_INLINE void storeHalves(std::byte* target, Floats a)
    {
        for (int i = 0; i < lanes; ++i) {
            const std::uint16_t bits = halfFromFloat(a[i]);
            std::memcpy(target + 2 * i, &bits, sizeof bits);
        }
    }

    // Pairwise, in a fixed order: ((0+4)+(2+6)) + ((1+5)+(3+7)).
    static LEMMA_INLINE float sum(Floats a)
    {
        return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
    }
    static LEMMA_INLINE float largest(Floats a)
    {
        float result = a[0];
        for (int i = 1; i < lanes; ++i) {
            result = a[i] > result ? a[i] : result;
        }
        return result;
    }
    // target[i] = sum of the lanes of the i-th argument
    static LEMMA_INLINE void storeSums(float* target, Floats a, Floats b, Floats c, Floats d)
    {
        target[0] = sum(a);
        target[1] = sum(b);
        target[2] = sum(c);
        target[3] = sum(d);
    }

    static LEMMA_INLINE Floats swapPairs(Floats a) { return Floats{a[1], a[0], a[3], a[2], a[5], a[4], a[7], a[6]}; }
    static LEMMA_INLINE Floats addSubtract(Floats a, Floats b) // a0 - b0, a1 + b1, ...
    {
        return a + b * Floats{-1, 1, -1, 1, -1, 1, -1, 1};
    }
    static LEMMA_INLINE Floats loadTwice(const float* source) // the first four floats, each twice
    {
        return Floats{source[0], source[0], source[1], source[1], source[2], source[2], source[3], source[3]};
    }

    // Floats and integers
    static LEMMA_INLINE Ints rounded(Floats a) // to nearest even, for |a| < 2^22; anything for others
    {
        const Floats shift = set(0x1.8p23F); // leaves the integer in the low bits of the mantissa
        return std::bit_cast<Ints>(a + shift) - std::bit_cast<Ints>(shift);
    }
    static LEMMA_INLINE Floats toFloats(Ints a) { return __builtin_convertvector(a, Floats); }
    static LEMMA_INLINE Floats powerOfTwo(Ints n) { return loadBits((n + 127) << 23); } // -126 <= n <= 127
    static LEMMA_INLINE Ints addInts(Ints a, Ints b) { return a + b; }
    static LEMMA_INLINE std::int32_t sumInts(Ints a)
    {
        return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
    }
    static LEMMA_INLINE void storeBytes(std::int8_t* target, Ints a) // integers from -128 to 127
    {
        for (int i = 0; i < lanes; ++i) {
            target[i] = static_cast<std::int8_t>(a[i]);
        }
    }

    // Bytes: codes of weights, four columns a lane
    static LEMMA_INLINE Bytes loadBytes(const std::byte* source) { return loadAs<Bytes>(source); }
    static LEMMA_INLINE Bytes bytes(int value) { return Bytes{} + static_cast<std::uint8_t>(value); }
    static LEMMA_INLINE Bytes masked(Bytes a, int mask) { return a & bytes(mask); }
    static LEMMA_INLINE Bytes either(Bytes a, Bytes b) { return a | b; }
    static LEMMA_INLINE Bytes addBytes(Bytes a, int b) { return a + bytes(b); }
    template <int count>
    static LEMMA_INLINE Bytes shiftedLeft(Bytes a) // other sets leave bits of the neighbour: mask afterwards
    {
        if constexpr (count >= 0) {
            return a << bytes(count);
        } else {
            return a >> bytes(-count);
        }
    }
    static LEMMA_INLINE Bytes loadTable(const signed char* sixteen)
    {
        Bytes result{};
        std::memcpy(&result, sixteen, 16);
        return result;
    }
    static LEMMA_INLINE Bytes lookUp(Bytes table, Bytes codes)
    {
        Bytes result{};
        for (int i = 0; i < 4 * lanes; ++i) {
            result[i] = table[codes[i] & 15];
        }
        return result;
    }

    // Products of four columns: weights (one row a lane) by the same four activations for all rows.
    static LEMMA_INLINE Bytes broadcastFour(const std::int8_t* activations)
    {
        return std::bit_cast<Bytes>(Ints{} + loadAs<std::int32_t>(activations));
    }
    template <bool isSigned>
    static LEMMA_INLINE Partial products(Bytes weights, Bytes activations)
    {
        const Partial x = __builtin_convertvector(std::bit_cast<SignedBytes>(activations), Partial);
        if constexpr (isSigned) {
            return __builtin_convertvector(std::bit_cast<SignedBytes>(weights), Partial) * x;
        } else {
            return __builtin_convertvector(weights, Partial) * x;
        }
    }
    template <bool isSigned>
    static LEMMA_INLINE Partial addProducts(Partial sum, Bytes weights, Bytes activations)
    {
        return sum + products<isSigned>(weights, activations);
    }
    static LEMMA_INLINE Ints total(Partial a)
    {
        const Pairs words = std::bit_cast<Pairs>(a); // two columns a word, the even one in the low half
        const Pairs pairs = ((words << 16) >> 16) + (words >> 16);
        const Quads quads = std::bit_cast<Quads>(pairs); // of which the sum is wanted modulo 2^32
        return __builtin_convertvector(quads + (quads >> 32), Ints);
    }
    static LEMMA_INLINE Ints totalTimes(Partial a, Ints groupScale) { return total(a) * groupScale; }

    // One signed byte (or nibble) per lane: the integer scales and offsets of groups of columns.
    static LEMMA_INLINE Ints loadGroupScale(const std::byte* source)
    {
        Ints result{};
        for (int i = 0; i < lanes; ++i) {
            result[i] = static_cast<std::int8_t>(source[i]);
        }
        return result;
    }
    static LEMMA_INLINE Ints loadUnsigned(const std::byte* source)
    {
        Ints result{};
        for (int i = 0; i < lanes; ++i) {
            result[i] = std::to_integer<std::int32_t>(source[i]);
        }
        return result;
    }
    static LEMMA_INLINE Ints loadLowNibbleScale(const std::byte* source) { return loadUnsigned(source) & 15; }
    static LEMMA_INLINE Floats loadSmallInts(const std::byte* source) { return toFloats(loadGroupScale(source)); }
    static LEMMA_INLINE Floats loadHighNibbles(const std::byte* source) { return toFloats(loadUnsigned(source) >> 4); }

    static LEMMA_INLINE void prefetch(const std::byte*) {}
};

} // namespace
} // namespace lemma::kernels::cpu
