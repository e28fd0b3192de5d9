#pragma once
// The vector operations of the kernel templates in plain C++, for any processor; compilers turn these loops into
// whatever vectors there are. Also the description of what each operation means. 8 lanes of 32 bits.

#define LEMMA_SIMD_CHOSEN // see simd.h

#include "kernels/cpu/simd_inline.h"
#include "kernels/quant/half.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace lemma::kernels::cpu {
namespace {

struct Simd {
    static constexpr int lanes = 8;
    static constexpr bool multipliesSigned = true;
    static constexpr int partialLimit = 65534; // for pairs of products; a Partial keeps each column apart in 16 bits

    struct Floats {
        float v[lanes];
    };
    struct Ints {
        std::int32_t v[lanes];
    };
    struct Bytes {
        std::uint8_t v[4 * lanes];
    };
    struct Partial {
        std::int16_t v[4 * lanes];
    };

    template <class Result, class Function>
    static LEMMA_INLINE Result each(Function function)
    {
        Result result;
        for (int i = 0; i < static_cast<int>(sizeof(result.v) / sizeof(result.v[0])); ++i) {
            result.v[i] = function(i);
        }
        return result;
    }

    static LEMMA_INLINE Floats zero() { return set(0.0F); }
    static LEMMA_INLINE Floats set(float value)
    {
        return each<Floats>([&](int) { return value; });
    }
    static LEMMA_INLINE Floats load(const float* source)
    {
        Floats result;
        std::memcpy(result.v, source, sizeof result.v);
        return result;
    }
    static LEMMA_INLINE void store(float* target, const Floats& a) { std::memcpy(target, a.v, sizeof a.v); }
    static LEMMA_INLINE Floats add(const Floats& a, const Floats& b)
    {
        return each<Floats>([&](int i) { return a.v[i] + b.v[i]; });
    }
    static LEMMA_INLINE Floats subtract(const Floats& a, const Floats& b)
    {
        return each<Floats>([&](int i) { return a.v[i] - b.v[i]; });
    }
    static LEMMA_INLINE Floats multiply(const Floats& a, const Floats& b)
    {
        return each<Floats>([&](int i) { return a.v[i] * b.v[i]; });
    }
    static LEMMA_INLINE Floats divide(const Floats& a, const Floats& b)
    {
        return each<Floats>([&](int i) { return a.v[i] / b.v[i]; });
    }
    // Other sets round once here, this one twice.
    static LEMMA_INLINE Floats multiplyAdd(const Floats& a, const Floats& b, const Floats& c)
    {
        return each<Floats>([&](int i) { return a.v[i] * b.v[i] + c.v[i]; });
    }
    static LEMMA_INLINE Floats multiplySubtract(const Floats& a, const Floats& b, const Floats& c)
    {
        return each<Floats>([&](int i) { return a.v[i] * b.v[i] - c.v[i]; });
    }
    static LEMMA_INLINE Floats maximum(const Floats& a, const Floats& b) // b where either is NaN
    {
        return each<Floats>([&](int i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; });
    }
    static LEMMA_INLINE Floats minimum(const Floats& a, const Floats& b)
    {
        return each<Floats>([&](int i) { return a.v[i] < b.v[i] ? a.v[i] : b.v[i]; });
    }
    static LEMMA_INLINE Floats zeroWhereLess(const Floats& a, const Floats& limit, const Floats& value)
    {
        return each<Floats>([&](int i) { return a.v[i] < limit.v[i] ? 0.0F : value.v[i]; });
    }

    static LEMMA_INLINE std::uint16_t bitsAt(const std::byte* source, int i)
    {
        std::uint16_t bits = 0;
        std::memcpy(&bits, source + 2 * i, sizeof bits);
        return bits;
    }
    static LEMMA_INLINE Floats loadHalves(const std::byte* source)
    {
        return each<Floats>([&](int i) { return floatFromHalf(bitsAt(source, i)); });
    }
    static LEMMA_INLINE Floats loadBfloats(const std::byte* source)
    {
        return each<Floats>([&](int i) { return floatFromBfloat(bitsAt(source, i)); });
    }
    static LEMMA_INLINE void storeHalves(std::byte* target, const Floats& a)
    {
        for (int i = 0; i < lanes; ++i) {
            const std::uint16_t bits = halfFromFloat(a.v[i]);
            std::memcpy(target + 2 * i, &bits, sizeof bits);
        }
    }

    // Pairwise, in a fixed order: ((0+4)+(2+6)) + ((1+5)+(3+7)).
    static LEMMA_INLINE float sum(const Floats& a)
    {
        return ((a.v[0] + a.v[4]) + (a.v[2] + a.v[6])) + ((a.v[1] + a.v[5]) + (a.v[3] + a.v[7]));
    }
    static LEMMA_INLINE float largest(const Floats& a)
    {
        float result = a.v[0];
        for (int i = 1; i < lanes; ++i) {
            result = a.v[i] > result ? a.v[i] : result;
        }
        return result;
    }

    // target[i] = sum of the lanes of the i-th argument
    static LEMMA_INLINE void storeSums(float* target, const Floats& a, const Floats& b, const Floats& c,
                                       const Floats& d)
    {
        target[0] = sum(a);
        target[1] = sum(b);
        target[2] = sum(c);
        target[3] = sum(d);
    }

    static LEMMA_INLINE Floats swapPairs(const Floats& a)
    {
        return each<Floats>([&](int i) { return a.v[i ^ 1]; });
    }
    static LEMMA_INLINE Floats addSubtract(const Floats& a, const Floats& b) // a0 - b0, a1 + b1, ...
    {
        return each<Floats>([&](int i) { return i % 2 == 0 ? a.v[i] - b.v[i] : a.v[i] + b.v[i]; });
    }
    static LEMMA_INLINE Floats loadTwice(const float* source) // the first four floats, each twice
    {
        return each<Floats>([&](int i) { return source[i / 2]; });
    }

    static LEMMA_INLINE Floats absolute(const Floats& a)
    {
        return each<Floats>([&](int i) { return std::fabs(a.v[i]); });
    }

    static LEMMA_INLINE Ints rounded(const Floats& a) // to nearest even, for |a| < 2^22; anything for others
    {
        constexpr float shift = 0x1.8p23F; // leaves the integer in the low bits of the mantissa
        return each<Ints>(
            [&](int i) { return std::bit_cast<std::int32_t>(a.v[i] + shift) - std::bit_cast<std::int32_t>(shift); });
    }
    static LEMMA_INLINE Floats toFloats(const Ints& a)
    {
        return each<Floats>([&](int i) { return static_cast<float>(a.v[i]); });
    }
    static LEMMA_INLINE Floats powerOfTwo(const Ints& n) // -126 <= n <= 127
    {
        return each<Floats>(
            [&](int i) { return std::bit_cast<float>((static_cast<std::uint32_t>(n.v[i]) + 127U) << 23); });
    }
    static LEMMA_INLINE Ints addInts(const Ints& a, const Ints& b)
    {
        return each<Ints>([&](int i) { return a.v[i] + b.v[i]; });
    }

    static LEMMA_INLINE std::int32_t sumInts(const Ints& a)
    {
        std::int32_t result = 0;
        for (int i = 0; i < lanes; ++i) {
            result += a.v[i];
        }
        return result;
    }
    static LEMMA_INLINE void storeBytes(std::int8_t* target, const Ints& a) // integers from -128 to 127
    {
        for (int i = 0; i < lanes; ++i) {
            target[i] = static_cast<std::int8_t>(a.v[i]);
        }
    }

    static LEMMA_INLINE Bytes loadBytes(const std::byte* source)
    {
        Bytes result;
        std::memcpy(result.v, source, sizeof result.v);
        return result;
    }
    static LEMMA_INLINE Bytes masked(const Bytes& a, int mask)
    {
        return each<Bytes>([&](int i) { return static_cast<std::uint8_t>(a.v[i] & mask); });
    }
    static LEMMA_INLINE Bytes either(const Bytes& a, const Bytes& b)
    {
        return each<Bytes>([&](int i) { return static_cast<std::uint8_t>(a.v[i] | b.v[i]); });
    }
    static LEMMA_INLINE Bytes addBytes(const Bytes& a, int b)
    {
        return each<Bytes>([&](int i) { return static_cast<std::uint8_t>(a.v[i] + b); });
    }
    template <int bits>
    static LEMMA_INLINE Bytes shiftedLeft(const Bytes& a) // other sets leave bits of the neighbour: mask afterwards
    {
        if constexpr (bits >= 0) {
            return each<Bytes>([&](int i) { return static_cast<std::uint8_t>(a.v[i] << bits); });
        } else {
            return each<Bytes>([&](int i) { return static_cast<std::uint8_t>(a.v[i] >> -bits); });
        }
    }
    static LEMMA_INLINE Bytes loadTable(const signed char* sixteen)
    {
        return each<Bytes>([&](int i) { return static_cast<std::uint8_t>(sixteen[i % 16]); });
    }
    static LEMMA_INLINE Bytes lookUp(const Bytes& table, const Bytes& codes)
    {
        return each<Bytes>([&](int i) { return table.v[codes.v[i] & 15]; });
    }

    static LEMMA_INLINE Bytes broadcastFour(const std::int8_t* activations)
    {
        return each<Bytes>([&](int i) { return static_cast<std::uint8_t>(activations[i % 4]); });
    }
    template <bool isSigned>
    static LEMMA_INLINE Partial products(const Bytes& weights, const Bytes& activations)
    {
        return addProducts<isSigned>(Partial{}, weights, activations);
    }
    template <bool isSigned>
    static LEMMA_INLINE Partial addProducts(const Partial& sum, const Bytes& weights, const Bytes& activations)
    {
        return each<Partial>([&](int i) {
            const std::int16_t w = isSigned ? static_cast<std::int8_t>(weights.v[i]) : weights.v[i];
            const std::int16_t x = static_cast<std::int8_t>(activations.v[i]);
            return static_cast<std::int16_t>(sum.v[i] + static_cast<std::int16_t>(w * x));
        });
    }
    static LEMMA_INLINE Ints total(const Partial& a)
    {
        return each<Ints>([&](int i) { return (a.v[4 * i] + a.v[4 * i + 1]) + (a.v[4 * i + 2] + a.v[4 * i + 3]); });
    }
    static LEMMA_INLINE Ints totalTimes(const Partial& a, const Ints& groupScale)
    {
        const Ints sums = total(a);
        return each<Ints>([&](int i) { return sums.v[i] * groupScale.v[i]; });
    }

    static LEMMA_INLINE std::int32_t smallInt(std::byte value) { return static_cast<std::int8_t>(value); }
    static LEMMA_INLINE Ints loadGroupScale(const std::byte* source)
    {
        return each<Ints>([&](int i) { return smallInt(source[i]); });
    }
    static LEMMA_INLINE Ints loadLowNibbleScale(const std::byte* source)
    {
        return each<Ints>([&](int i) { return std::to_integer<std::int32_t>(source[i]) & 15; });
    }
    static LEMMA_INLINE Floats loadSmallInts(const std::byte* source)
    {
        return each<Floats>([&](int i) { return static_cast<float>(smallInt(source[i])); });
    }
    static LEMMA_INLINE Floats loadHighNibbles(const std::byte* source)
    {
        return each<Floats>([&](int i) { return static_cast<float>(std::to_integer<std::int32_t>(source[i]) >> 4); });
    }

    static LEMMA_INLINE void prefetch(const std::byte*) {}
};

} // namespace
} // namespace lemma::kernels::cpu
