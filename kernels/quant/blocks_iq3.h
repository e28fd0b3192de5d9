#pragma once
// IQ3_XXS and IQ3_S: four weights are a row of a grid of magnitudes, with signs.
// Layout: ggml-org/ggml, src/ggml-common.h; decoding: dequantize_row_iq3_* in src/ggml-quants.c.
//
// A scale s of IQ3_XXS means d (0.5 + s) / 2 there; here it is the integer 2 s + 1 with d / 4, the same number.

#include "kernels/quant/half.h"
#include "kernels/quant/iq3_grids.h"
#include "kernels/quant/iq_signs.h"
#include "kernels/quant/unpacked_block.h"

namespace lemma::kernels {

struct BlockIQ3_XXS {
    Half scale;
    std::uint8_t quants[64];         // a grid row per four weights
    std::uint8_t signsAndScales[32]; // 32 bits per 32 weights: four times seven signs, scale (4)
};
static_assert(sizeof(BlockIQ3_XXS) == 98);

struct BlockIQ3_S {
    Half scale;
    std::uint8_t quants[64]; // low eight bits of the grid row
    std::uint8_t high[8];    // per 32 weights: the ninth bit of eight rows
    std::uint8_t signs[32];
    std::uint8_t scales[4]; // a nibble per 32 weights
};
static_assert(sizeof(BlockIQ3_S) == 110);

LEMMA_HOST_DEVICE inline void unpackIq3Row(const std::int8_t* magnitudes, std::uint16_t row, int signs,
                                           std::int8_t* values)
{
    for (int i = 0; i < 4; ++i) {
        values[i] = withSign(magnitudes[(row >> (4 * i)) & 7], signs, i);
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ3_XXS& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale) * 0.25F;
    result.minimum = 0.0F;
    setAllGroups(result, 16, 0, 0);
    for (int i = 0; i < 8; ++i) { // 32 weights
        const std::uint8_t* tail = block.signsAndScales + 4 * i;
        const std::uint32_t bits =
            tail[0] | (tail[1] << 8) | (tail[2] << 16) | (static_cast<std::uint32_t>(tail[3]) << 24);
        const auto scale = static_cast<std::int8_t>(2 * (bits >> 28) + 1);
        result.groupScales[2 * i] = scale;
        result.groupScales[2 * i + 1] = scale;
        for (int j = 0; j < 8; ++j) { // four weights
            const int signs = eightSigns((bits >> (7 * (j / 2))) & 127) >> (4 * (j % 2));
            const std::uint16_t row = iq3XxsGrid[block.quants[8 * i + j]];
            unpackIq3Row(iq3XxsMagnitudes, row, signs, result.values + 32 * i + 4 * j);
        }
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ3_S& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    setAllGroups(result, 16, 0, 0);
    for (int group = 0; group < 16; ++group) {
        const int nibble = (block.scales[group / 4] >> (4 * ((group / 2) % 2))) & 15;
        result.groupScales[group] = static_cast<std::int8_t>(2 * nibble + 1);
    }
    for (int i = 0; i < 64; ++i) { // four weights
        const int row = block.quants[i] | (((block.high[i / 8] >> (i % 8)) & 1) << 8);
        const int signs = block.signs[i / 2] >> (4 * (i % 2));
        unpackIq3Row(iq3SMagnitudes, iq3SGrid[row], signs, result.values + 4 * i);
    }
}

} // namespace lemma::kernels
