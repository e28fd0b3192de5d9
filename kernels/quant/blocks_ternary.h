#pragma once
// The ternary types: 256 weights of -1, 0 or 1 with one scale, in base 3 (TQ1_0) or two bits (TQ2_0).
// Layout: ggml-org/ggml, src/ggml-common.h; decoding: dequantize_row_tq1_0, dequantize_row_tq2_0 in src/ggml-quants.c.

#include "kernels/quant/half.h"
#include "kernels/quant/unpacked_block.h"

namespace lemma::kernels {

struct BlockTQ1_0 {
    std::uint8_t quants[48];    // five weights a byte
    std::uint8_t lastQuants[4]; // four weights a byte
    Half scale;
};
static_assert(sizeof(BlockTQ1_0) == 54);

struct BlockTQ2_0 {
    std::uint8_t quants[64];
    Half scale;
};
static_assert(sizeof(BlockTQ2_0) == 66);

// A byte holds the fraction 0.abcde in base 3, scaled to 256: multiplying by 3^digit (modulo 256) brings the wanted
// digit to the front, and the product with 3 carries it out.
LEMMA_HOST_DEVICE inline std::int8_t ternaryDigit(std::uint8_t packed, int digit)
{
    constexpr std::uint8_t powers[5] = {1, 3, 9, 27, 81};
    const auto fraction = static_cast<std::uint8_t>(packed * powers[digit]);
    return static_cast<std::int8_t>(((fraction * 3) >> 8) - 1);
}

LEMMA_HOST_DEVICE inline void unpack(const BlockTQ1_0& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    setAllGroups(result, 16, 1, 0);
    for (int digit = 0; digit < 5; ++digit) {
        for (int i = 0; i < 32; ++i) {
            result.values[32 * digit + i] = ternaryDigit(block.quants[i], digit);
        }
        for (int i = 0; i < 16; ++i) {
            result.values[160 + 16 * digit + i] = ternaryDigit(block.quants[32 + i], digit);
        }
    }
    for (int digit = 0; digit < 4; ++digit) {
        for (int i = 0; i < 4; ++i) {
            result.values[240 + 4 * digit + i] = ternaryDigit(block.lastQuants[i], digit);
        }
    }
}

LEMMA_HOST_DEVICE inline void unpack(const BlockTQ2_0& block, UnpackedBlock& result)
{
    result.scale = floatFromHalf(block.scale);
    result.minimum = 0.0F;
    setAllGroups(result, 16, 1, 0);
    for (int i = 0; i < 256; ++i) {
        const int shift = 2 * ((i % 128) / 32);
        result.values[i] = static_cast<std::int8_t>(((block.quants[32 * (i / 128) + i % 32] >> shift) & 3) - 1);
    }
}

} // namespace lemma::kernels
