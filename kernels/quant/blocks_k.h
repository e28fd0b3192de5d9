#pragma once
// The K types, 256 weights with two levels of scales: Q2_K, Q3_K, Q4_K, Q5_K, Q6_K.
// Layout: ggml-org/ggml, src/ggml-common.h; decoding: dequantize_row_q*_K in src/ggml-quants.c.

#include "kernels/quant/half.h"
#include "kernels/quant/unpacked_block.h"

namespace lemma::kernels {

struct BlockQ2_K {
    std::uint8_t scales[16]; // per 16 weights: scale in the low nibble, minimum in the high one
    std::uint8_t quants[64];
    Half scale;
    Half minimum;
};
static_assert(sizeof(BlockQ2_K) == 84);

struct BlockQ3_K {
    std::uint8_t highMask[32]; // a set bit means: do not subtract 4
    std::uint8_t quants[64];
    std::uint8_t scales[12]; // 16 of 6 bits: low nibbles in bytes 0..7, upper two bits in bytes 8..11
    Half scale;
};
static_assert(sizeof(BlockQ3_K) == 110);

struct BlockQ4_K {
    Half scale;
    Half minimum;
    std::uint8_t scales[12]; // see SixBitScales
    std::uint8_t quants[128];
};
static_assert(sizeof(BlockQ4_K) == 144);

struct BlockQ5_K {
    Half scale;
    Half minimum;
    std::uint8_t scales[12];
    std::uint8_t highBits[32];
    std::uint8_t quants[128];
};
static_assert(sizeof(BlockQ5_K) == 176);

struct BlockQ6_K {
    std::uint8_t lowBits[128];
    std::uint8_t highBits[64];
    std::int8_t scales[16];
    Half scale;
};
static_assert(sizeof(BlockQ6_K) == 210);

// Scale and minimum of each 32 weights of Q4_K and Q5_K, six bits each, in 12 bytes: the first four pairs lie in the
// low six bits of bytes 0..3 and 4..7; the last four have their low nibbles in bytes 8..11, their upper bits in the
// tops of the first eight bytes.
LEMMA_HOST_DEVICE inline void unpackSixBitScales(const std::uint8_t* packed, UnpackedBlock& result)
{
    for (int i = 0; i < 8; ++i) {
        int scale = packed[i % 4] & 63;
        int minimum = packed[i % 4 + 4] & 63;
        if (i >= 4) {
            scale = (packed[i + 4] & 15) | ((packed[i - 4] >> 6) << 4);
            minimum = (packed[i + 4] >> 4) | ((packed[i] >> 6) << 4);
        }
        for (int group = 2 * i; group < 2 * i + 2; ++group) {
            result.groupScales[group] = static_cast<std::int8_t>(scale);
            result.groupMinima[group] = static_cast<std::uint8_t>(minimum);
        }
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ2_K& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = floatFromHalf(block.minimum);
    for (int group = 0; group < 16; ++group) {
        result.groupScales[group] = static_cast<std::int8_t>(block.scales[group] & 15);
        result.groupMinima[group] = static_cast<std::uint8_t>(block.scales[group] >> 4);
    }
    for (int i = 0; i < 256; ++i) {
        const int half = i / 128;
        const int shift = 2 * ((i % 128) / 32);
        result.values[i] = static_cast<std::int8_t>((block.quants[32 * half + i % 32] >> shift) & 3);
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ3_K& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    for (int group = 0; group < 16; ++group) {
        const int low = (block.scales[group % 8] >> (group < 8 ? 0 : 4)) & 15;
        const int high = (block.scales[8 + group % 4] >> (2 * (group / 4))) & 3;
        result.groupScales[group] = static_cast<std::int8_t>((low | (high << 4)) - 32);
        result.groupMinima[group] = 0;
    }
    for (int i = 0; i < 256; ++i) {
        const int half = i / 128;
        const int shift = 2 * ((i % 128) / 32);
        const int low = (block.quants[32 * half + i % 32] >> shift) & 3;
        const int high = (block.highMask[i % 32] >> (i / 32)) & 1;
        result.values[i] = static_cast<std::int8_t>(low - (high != 0 ? 0 : 4));
    }
}

// Weights 64 j .. 64 j + 31 are the low nibbles of bytes 32 j .. 32 j + 31, the next 32 their high nibbles.
LEMMA_HOST_DEVICE inline void unpackNibbles256(const std::uint8_t* quants, std::int8_t* values)
{
    for (int i = 0; i < 256; ++i) {
        const int shift = 4 * ((i / 32) % 2);
        values[i] = static_cast<std::int8_t>((quants[32 * (i / 64) + i % 32] >> shift) & 15);
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ4_K& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = floatFromHalf(block.minimum);
    unpackSixBitScales(block.scales, result);
    unpackNibbles256(block.quants, result.values);
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ5_K& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = floatFromHalf(block.minimum);
    unpackSixBitScales(block.scales, result);
    unpackNibbles256(block.quants, result.values);
    for (int i = 0; i < 256; ++i) {
        const int high = (block.highBits[i % 32] >> (i / 32)) & 1;
        result.values[i] = static_cast<std::int8_t>(result.values[i] | (high << 4));
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ6_K& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    for (int group = 0; group < 16; ++group) {
        result.groupScales[group] = block.scales[group];
        result.groupMinima[group] = 0;
    }
    for (int i = 0; i < 256; ++i) {
        const int half = i / 128;
        const int quarter = (i % 128) / 32;
        const int low = block.lowBits[64 * half + 32 * (quarter % 2) + i % 32] >> (4 * (quarter / 2));
        const int high = block.highBits[32 * half + i % 32] >> (2 * quarter);
        result.values[i] = static_cast<std::int8_t>(((low & 15) | ((high & 3) << 4)) - 32);
    }
}

} // namespace lemma::kernels
