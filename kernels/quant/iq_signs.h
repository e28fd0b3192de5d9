#pragma once
// How IQ2 and IQ3 store the signs of eight weights in seven bits: the eighth makes the number of minus signs even.

#include "kernels/quant/host_device.h"

#include <cstdint>

namespace lemma::kernels {

LEMMA_HOST_DEVICE inline int eightSigns(std::uint32_t sevenBits)
{
    std::uint32_t parity = sevenBits ^ (sevenBits >> 4);
    parity ^= parity >> 2;
    parity ^= parity >> 1;
    return static_cast<int>(sevenBits | ((parity & 1) << 7));
}

LEMMA_HOST_DEVICE inline std::int8_t withSign(std::int8_t magnitude, int signs, int i)
{
    return static_cast<std::int8_t>(((signs >> i) & 1) != 0 ? -magnitude : magnitude);
}

} // namespace lemma::kernels
