#pragma once
// One block of any quantised type with its fields taken apart: the common ground of the decoders.
//
//     weight[i] = scale * groupScale[i / 16] * value[i] - minimum * groupMinimum[i / 16]
//
// This is exact: every product of a scale, a group scale and a value has at most 24 significant bits in these formats,
// so only the final subtraction rounds, and any order of the multiplications gives the same float.
//
// Blocks of 32 weights fill the first 32 values and the first two groups. Types without a minimum leave it
// +0, and x - 0 is x for every float, the sign of a zero included.

#include "kernels/quant/host_device.h"

#include <cstdint>

namespace lemma::kernels {

inline constexpr int weightsPerGroup = 16;
inline constexpr int maximumWeightsPerBlock = 256;
inline constexpr int maximumGroupsPerBlock = maximumWeightsPerBlock / weightsPerGroup;

struct UnpackedBlock {
    float scale = 0.0F;
    float minimum = 0.0F;
    std::int8_t groupScales[maximumGroupsPerBlock] = {};
    std::uint8_t groupMinima[maximumGroupsPerBlock] = {};
    std::int8_t values[maximumWeightsPerBlock] = {};
};

// The weight that `block` holds at position i, as a float.
LEMMA_HOST_DEVICE inline float weightAt(const UnpackedBlock& block, int i)
{
    const int group = i / weightsPerGroup;
    const float product =
        block.scale * static_cast<float>(block.groupScales[group]) * static_cast<float>(block.values[i]);
    return product - block.minimum * static_cast<float>(block.groupMinima[group]);
}

LEMMA_HOST_DEVICE inline void setAllGroups(UnpackedBlock& block, int groups, std::int8_t scale, std::uint8_t minimum)
{
    for (int group = 0; group < groups; ++group) {
        block.groupScales[group] = scale;
        block.groupMinima[group] = minimum;
    }
}

} // namespace lemma::kernels
