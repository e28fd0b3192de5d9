#pragma once
// IQ4_NL and IQ4_XS: four bits that index a table of 16 unevenly spaced values.
// Layout and table: ggml-org/ggml, src/ggml-common.h (kvalues_iq4nl), MIT licence.

#include "kernels/quant/half.h"
#include "kernels/quant/unpacked_block.h"

namespace lemma::kernels {

struct BlockIQ4_NL {
    Half scale;
    std::uint8_t quants[16]; // weight j in the low nibble of byte j, weight j + 16 in the high one
};
static_assert(sizeof(BlockIQ4_NL) == 18);

struct BlockIQ4_XS {
    Half scale;
    std::uint8_t scalesHigh[2]; // upper two bits of the scale of each 32 weights
    std::uint8_t scalesLow[4];  // lower four
    std::uint8_t quants[128];   // eight times the layout of IQ4_NL
};
static_assert(sizeof(BlockIQ4_XS) == 136);

inline constexpr std::int8_t iq4Values[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

LEMMA_HOST_DEVICE inline void unpackIq4Values32(const std::uint8_t* quants, std::int8_t* values)
{
    for (int i = 0; i < 16; ++i) {
        values[i] = iq4Values[quants[i] & 15];
        values[i + 16] = iq4Values[quants[i] >> 4];
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ4_NL& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    setAllGroups(result, 2, 1, 0);
    unpackIq4Values32(block.quants, result.values);
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ4_XS& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    setAllGroups(result, 16, 0, 0);
    const int high = block.scalesHigh[0] | (block.scalesHigh[1] << 8);
    for (int i = 0; i < 8; ++i) {
        const int low = (block.scalesLow[i / 2] >> (4 * (i % 2))) & 15;
        const int scale = (low | (((high >> (2 * i)) & 3) << 4)) - 32;
        result.groupScales[2 * i] = static_cast<std::int8_t>(scale);
        result.groupScales[2 * i + 1] = static_cast<std::int8_t>(scale);
        unpackIq4Values32(block.quants + 16 * i, result.values + 32 * i);
    }
}

} // namespace lemma::kernels
