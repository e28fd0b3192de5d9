#pragma once
// MXFP4: 32 weights of four bits (E2M1) with a shared power of two (E8M0).
// Source: Open Compute Project, Microscaling Formats (MX) Specification 1.0; layout as ggml-org/ggml stores it.

#include "kernels/quant/unpacked_block.h"

#include <bit>

namespace lemma::kernels {

struct BlockMXFP4 {
    std::uint8_t exponent;
    std::uint8_t quants[16]; // weight j in the low nibble of byte j, weight j + 16 in the high one
};
static_assert(sizeof(BlockMXFP4) == 17);

// Twice the E2M1 numbers, to be integers; the scale below is halved to match.
inline constexpr std::int8_t mxfp4Values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

// 2^(exponent - 128), subnormal for the two smallest exponents.
LEMMA_HOST_DEVICE inline float halvedPowerOfTwo(std::uint8_t exponent)
{
    const std::uint32_t bits = exponent < 2 ? 0x00200000U << exponent : (exponent - 1U) << 23;
    return std::bit_cast<float>(bits);
}

LEMMA_HOST_DEVICE inline void unpack(const BlockMXFP4& block, UnpackedBlock& result)
{
    result.scale = halvedPowerOfTwo(block.exponent);
    result.minimum = 0.0F;
    setAllGroups(result, 2, 1, 0);
    for (int i = 0; i < 16; ++i) {
        result.values[i] = mxfp4Values[block.quants[i] & 15];
        result.values[i + 16] = mxfp4Values[block.quants[i] >> 4];
    }
}

} // namespace lemma::kernels
