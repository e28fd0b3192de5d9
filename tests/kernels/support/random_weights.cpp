#include "tests/kernels/support/random_weights.h"

#include "kernels/quant/half.h"

#include <bit>
#include <cstring>

namespace lemma::tests {

using kernels::TensorType;

namespace {

// Where a block holds its half floats.
std::vector<int> halfOffsets(TensorType type)
{
    switch (type) {
    case TensorType::Q4_1:
    case TensorType::Q5_1:
    case TensorType::Q4_K:
    case TensorType::Q5_K: return {0, 2};
    case TensorType::Q2_K: return {80, 82};
    case TensorType::Q3_K: return {108};
    case TensorType::Q6_K: return {208};
    case TensorType::TQ1_0: return {52};
    case TensorType::TQ2_0: return {64};
    case TensorType::MXFP4:
    case TensorType::IQ1_M: return {};
    default: return {0};
    }
}

void setHalf(std::byte* target, float value)
{
    const std::uint16_t bits = kernels::halfFromFloat(value);
    std::memcpy(target, &bits, sizeof bits);
}

void makeScalesSane(TensorType type, std::byte* block, std::mt19937& random)
{
    std::uniform_real_distribution<float> scale(0.25F, 1.0F);
    const float unit = kernels::tensorTypeInfo(type).weightsPerBlock == 32 ? 0.05F : 0.003F;
    for (const int offset : halfOffsets(type)) {
        setHalf(block + offset, (random() % 2 == 0 ? unit : -unit) * scale(random));
    }
    if (type == TensorType::MXFP4) {
        block[0] = static_cast<std::byte>(120 + random() % 8);
    }
    if (type == TensorType::IQ1_M) { // the half float 0x2c00 in the upper nibbles of the scales
        constexpr int nibbles[4] = {0x0, 0x0, 0xc, 0x2};
        for (int i = 0; i < 4; ++i) {
            std::byte& target = block[48 + 2 * i + 1];
            target = (target & std::byte{0x0f}) | static_cast<std::byte>(nibbles[i] << 4);
        }
    }
}

} // namespace

std::vector<float> randomFloats(std::size_t count, unsigned seed, float deviation)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0.0F, deviation);
    std::vector<float> values(count);
    for (float& value : values) {
        value = normal(random);
    }
    return values;
}

std::vector<std::byte> randomWeights(TensorType type, std::int64_t rows, std::int64_t columns, unsigned seed)
{
    std::mt19937 random(seed);
    const std::size_t bytes = static_cast<std::size_t>(rows) * kernels::rowBytes(type, columns);
    std::vector<std::byte> weights(bytes);
    const kernels::TensorTypeInfo& info = kernels::tensorTypeInfo(type);
    if (info.weightsPerBlock == 1) {
        const std::vector<float> values = randomFloats(bytes / static_cast<std::size_t>(info.bytesPerBlock), seed);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto bits = std::bit_cast<std::uint32_t>(values[i]);
            const std::uint16_t half =
                type == TensorType::F16 ? kernels::halfFromFloat(values[i]) : static_cast<std::uint16_t>(bits >> 16);
            if (type == TensorType::F32) {
                std::memcpy(weights.data() + 4 * i, &bits, 4);
            } else {
                std::memcpy(weights.data() + 2 * i, &half, 2);
            }
        }
        return weights;
    }
    for (std::byte& byte : weights) {
        byte = static_cast<std::byte>(random());
    }
    for (std::size_t block = 0; block < bytes; block += static_cast<std::size_t>(info.bytesPerBlock)) {
        makeScalesSane(type, weights.data() + block, random);
    }
    return weights;
}

std::vector<int> scaleBytes(TensorType type)
{
    if (type == TensorType::MXFP4) {
        return {0};
    }
    if (type == TensorType::IQ1_M) {
        return {49, 51, 53, 55};
    }
    std::vector<int> bytes;
    for (const int offset : halfOffsets(type)) {
        bytes.push_back(offset);
        bytes.push_back(offset + 1);
    }
    return bytes;
}

std::vector<TensorType> allTypes()
{
    std::vector<TensorType> types;
    for (unsigned number = 0; number < 64; ++number) {
        if (const kernels::TensorTypeInfo* info = kernels::findTensorType(number)) {
            types.push_back(info->type);
        }
    }
    return types;
}

std::vector<TensorType> quantizedTypes()
{
    std::vector<TensorType> types;
    for (const TensorType type : allTypes()) {
        if (kernels::tensorTypeInfo(type).weightsPerBlock > 1) {
            types.push_back(type);
        }
    }
    return types;
}

} // namespace lemma::tests
