#pragma once
// The types with one scale for 32 weights: Q4_0, Q4_1, Q5_0, Q5_1, Q8_0.
// Layout: ggml-org/ggml, src/ggml-common.h. In the four- and five-bit types, byte j of `quants` holds weight j in its
// low nibble and weight j + 16 in its high nibble; bit i of `highBits` is bit 4 of weight i.

#include "kernels/quant/half.h"
#include "kernels/quant/unpacked_block.h"

namespace lemma::kernels {

struct BlockQ4_0 {
    Half scale;
    std::uint8_t quants[16];
};
static_assert(sizeof(BlockQ4_0) == 18);

struct BlockQ4_1 {
    Half scale;
    Half offset;
    std::uint8_t quants[16];
};
static_assert(sizeof(BlockQ4_1) == 20);

struct BlockQ5_0 {
    Half scale;
    std::uint8_t highBits[4];
    std::uint8_t quants[16];
};
static_assert(sizeof(BlockQ5_0) == 22);

struct BlockQ5_1 {
    Half scale;
    Half offset;
    std::uint8_t highBits[4];
    std::uint8_t quants[16];
};
static_assert(sizeof(BlockQ5_1) == 24);

struct BlockQ8_0 {
    Half scale;
    std::int8_t quants[32];
};
static_assert(sizeof(BlockQ8_0) == 34);

// value[i] = nibble (and fifth bit, if any) - zeroPoint
LEMMA_HOST_DEVICE inline void unpackNibbles32(const std::uint8_t* quants, int zeroPoint, std::int8_t* values)
{
    for (int i = 0; i < 16; ++i) {
        values[i] = static_cast<std::int8_t>((quants[i] & 15) - zeroPoint);
        values[i + 16] = static_cast<std::int8_t>((quants[i] >> 4) - zeroPoint);
    }
}

LEMMA_HOST_DEVICE inline void addFifthBits32(const std::uint8_t* highBits, std::int8_t* values)
{
    for (int i = 0; i < 32; ++i) {
        const int bit = (highBits[i / 8] >> (i % 8)) & 1;
        values[i] = static_cast<std::int8_t>(values[i] + (bit << 4));
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ4_0& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    setAllGroups(result, 2, 1, 0);
    unpackNibbles32(block.quants, 8, result.values);
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ4_1& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = -floatFromHalf(block.offset);
    setAllGroups(result, 2, 1, 1);
    unpackNibbles32(block.quants, 0, result.values);
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ5_0& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    setAllGroups(result, 2, 1, 0);
    unpackNibbles32(block.quants, 16, result.values);
    addFifthBits32(block.highBits, result.values);
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ5_1& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = -floatFromHalf(block.offset);
    setAllGroups(result, 2, 1, 1);
    unpackNibbles32(block.quants, 0, result.values);
    addFifthBits32(block.highBits, result.values);
}

LEMMA_HOST_DEVICE inline void unpack(const BlockQ8_0& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    setAllGroups(result, 2, 1, 0);
    for (int i = 0; i < 32; ++i) {
        result.values[i] = block.quants[i];
    }
}

} // namespace lemma::kernels
