#pragma once
// IQ1_S and IQ1_M: rows of a grid of -1, 0, 1, shifted by an eighth up or down.
// Layout: ggml-org/ggml, src/ggml-common.h; decoding: dequantize_row_iq1_s, dequantize_row_iq1_m in src/ggml-quants.c.
//
// Values are kept in eighths (8 grid + delta, from -9 to 9) so that they are integers; the scale is divided by eight.

#include "kernels/quant/half.h"
#include "kernels/quant/iq1_grid.h"
#include "kernels/quant/unpacked_block.h"

namespace lemma::kernels {

struct BlockIQ1_S {
    Half scale;
    std::uint8_t quants[32]; // low eight bits of the grid row of each eight weights
    std::uint8_t
        high[16]; // per 32 weights, 16 bits: four times three upper bits of a row, scale (3), sign of delta (1)
};
static_assert(sizeof(BlockIQ1_S) == 50);

struct BlockIQ1_M {
    std::uint8_t quants[32];
    std::uint8_t high[16]; // per 16 weights: two times (three upper bits of a row, sign of delta)
    std::uint8_t
        scales[8]; // 16 bits per 64 weights: four scales of three bits, and a nibble of the block's half-float scale
};
static_assert(sizeof(BlockIQ1_M) == 56);

LEMMA_HOST_DEVICE inline void unpackIq1Row(int row, bool negativeDelta, std::int8_t* values)
{
    for (int i = 0; i < 8; ++i) {
        const int grid = ((iq1Grid[row] >> (2 * i)) & 3) - 1;
        values[i] = static_cast<std::int8_t>(8 * grid + (negativeDelta ? -1 : 1));
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ1_S& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale) * 0.125F;
    result.minimum = 0.0F;
    setAllGroups(result, 16, 0, 0);
    for (int i = 0; i < 8; ++i) { // 32 weights
        const int high = block.high[2 * i] | (block.high[2 * i + 1] << 8);
        const auto scale = static_cast<std::int8_t>(2 * ((high >> 12) & 7) + 1);
        result.groupScales[2 * i] = scale;
        result.groupScales[2 * i + 1] = scale;
        for (int j = 0; j < 4; ++j) {
            const int row = block.quants[4 * i + j] | (((high >> (3 * j)) & 7) << 8);
            unpackIq1Row(row, (high & 0x8000) != 0, result.values + 32 * i + 8 * j);
        }
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockIQ1_M& block, UnpackedBlock& result)
{
    int scaleBits = 0;
    for (int i = 0; i < 4; ++i) {
        scaleBits |= (block.scales[2 * i + 1] >> 4) << (4 * i);
    }
    result.scale = floatFromHalf(static_cast<std::uint16_t>(scaleBits)) * 0.125F;
    result.minimum = 0.0F;
    setAllGroups(result, 16, 0, 0);
    for (int group = 0; group < 16; ++group) { // 16 weights
        const int packed = block.scales[2 * (group / 4)] | (block.scales[2 * (group / 4) + 1] << 8);
        result.groupScales[group] = static_cast<std::int8_t>(2 * ((packed >> (3 * (group % 4))) & 7) + 1);
        for (int j = 0; j < 2; ++j) {
            const int high = block.high[group] >> (4 * j);
            const int row = block.quants[2 * group + j] | ((high & 7) << 8);
            unpackIq1Row(row, (high & 8) != 0, result.values + 16 * group + 8 * j);
        }
    }
}

} // namespace lemma::kernels
