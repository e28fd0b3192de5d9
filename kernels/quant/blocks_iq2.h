#pragma once
// IQ2_XXS, IQ2_XS, IQ2_S: eight weights are a row of a grid of magnitudes, with signs.
// Layout: ggml-org/ggml, src/ggml-common.h; decoding: dequantize_row_iq2_* in src/ggml-quants.c.
//
// A scale s there means d (0.5 + s) / 4; here it is the integer 2 s + 1 with d / 8 as the block's scale, the same
// number.

#include "kernels/quant/half.h"
#include "kernels/quant/iq2_grids.h"
#include "kernels/quant/iq_signs.h"
#include "kernels/quant/unpacked_block.h"

namespace lemma::kernels {

struct BlockIQ2_XXS {
    Half scale;
    std::uint8_t
        quants[64]; // per 32 weights: four grid rows (a byte each), then 32 bits: four times seven signs, scale (4)
};
static_assert(sizeof(BlockIQ2_XXS) == 66);

struct BlockIQ2_XS {
    Half scale;
    std::uint8_t quants[64]; // per eight weights 16 bits: grid row (9), signs (7)
    std::uint8_t scales[8];  // a nibble per 16 weights
};
static_assert(sizeof(BlockIQ2_XS) == 74);

struct BlockIQ2_S {
    Half scale;
    std::uint8_t quants[32]; // low eight bits of the grid row
    std::uint8_t signs[32];
    std::uint8_t high[8]; // per 32 weights: four times two upper bits of the row
    std::uint8_t scales[8];
};
static_assert(sizeof(BlockIQ2_S) == 82);

LEMMA_HOST_DEVICE inline void unpackIq2Row(std::uint16_t row, int signs, std::int8_t* values)
{
    for (int i = 0; i < 8; ++i) {
        values[i] = withSign(iq2Magnitudes[(row >> (2 * i)) & 3], signs, i);
    }
}

LEMMA_HOST_DEVICE inline void unpackIq2Scales(Half scale, const std::uint8_t* nibbles, UnpackedBlock& result)
{
    result.scale = floatFromHalf(scale) * 0.125F;
    result.minimum = 0.0F;
    for (int group = 0; group < 16; ++group) {
        const int nibble = (nibbles[group / 2] >> (4 * (group % 2))) & 15;
        result.groupScales[group] = static_cast<std::int8_t>(2 * nibble + 1);
        result.groupMinima[group] = 0;
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ2_XXS& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale) * 0.125F;
    result.minimum = 0.0F;
    setAllGroups(result, 16, 0, 0);
    for (int i = 0; i < 8; ++i) { // 32 weights
        const std::uint8_t* rows = block.quants + 8 * i;
        const std::uint32_t tail =
            rows[4] | (rows[5] << 8) | (rows[6] << 16) | (static_cast<std::uint32_t>(rows[7]) << 24);
        const auto scale = static_cast<std::int8_t>(2 * (tail >> 28) + 1);
        result.groupScales[2 * i] = scale;
        result.groupScales[2 * i + 1] = scale;
        for (int j = 0; j < 4; ++j) {
            unpackIq2Row(iq2XxsGrid[rows[j]], eightSigns((tail >> (7 * j)) & 127), result.values + 32 * i + 8 * j);
        }
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ2_XS& block, UnpackedBlock& result)
{
    unpackIq2Scales(block.scale, block.scales, result);
    for (int i = 0; i < 32; ++i) { // eight weights
        const std::uint32_t packed = block.quants[2 * i] | (block.quants[2 * i + 1] << 8);
        unpackIq2Row(iq2XsGrid[packed & 511], eightSigns(packed >> 9), result.values + 8 * i);
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ2_S& block, UnpackedBlock& result)
{
    unpackIq2Scales(block.scale, block.scales, result);
    for (int i = 0; i < 32; ++i) { // eight weights
        const int row = block.quants[i] | (((block.high[i / 4] >> (2 * (i % 4))) & 3) << 8);
        unpackIq2Row(iq2SGrid[row], block.signs[i], result.values + 8 * i);
    }
}

} // namespace lemma::kernels
