#pragma once
// The 16-bit floats of GGUF files, as bytes (alignment 1: blocks may start anywhere), and their conversions.
//
// floatFromHalf is exact for every input; halfFromFloat rounds to nearest even, as the hardware does.

#include "kernels/quant/host_device.h"

#include <bit>
#include <cstdint>

namespace lemma::kernels {

struct Half {
    std::uint8_t low;
    std::uint8_t high;

    LEMMA_HOST_DEVICE std::uint16_t bits() const { return static_cast<std::uint16_t>(low | (high << 8)); }
};
static_assert(sizeof(Half) == 2 && alignof(Half) == 1);

LEMMA_HOST_DEVICE inline float floatFromHalf(std::uint16_t half)
{
    // Shifted into place the exponent is too small by 2^112 (127 - 15), for normal and subnormal numbers alike.
    const std::uint32_t magnitude = static_cast<std::uint32_t>(half & 0x7fff) << 13;
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000) << 16;
    if (magnitude >= 0x0f800000) { // infinity or NaN: the exponent stays all ones
        return std::bit_cast<float>(sign | magnitude | 0x7f800000);
    }
    const float scaled = std::bit_cast<float>(magnitude) * 0x1p112F;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(scaled));
}

LEMMA_HOST_DEVICE inline float floatFromHalf(Half half) { return floatFromHalf(half.bits()); }

LEMMA_HOST_DEVICE inline float floatFromBfloat(std::uint16_t bfloat)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(bfloat) << 16);
}

LEMMA_HOST_DEVICE inline std::uint16_t halfFromFloat(float value)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = (bits >> 16) & 0x8000;
    const std::uint32_t magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
        return static_cast<std::uint16_t>(sign | 0x7e00);
    }
    if (magnitude >= 0x477ff000) { // 65520: the first number that rounds to infinity
        return static_cast<std::uint16_t>(sign | 0x7c00);
    }
    if (magnitude < 0x38800000) { // below 2^-14: adding 0.5 leaves the subnormal's bits at the end of the mantissa
        const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
        return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3f000000));
    }
    const std::uint32_t roundingBias = 0xfff + ((magnitude >> 13) & 1);
    return static_cast<std::uint16_t>(sign | ((magnitude + roundingBias - 0x38000000) >> 13));
}

} // namespace lemma::kernels
