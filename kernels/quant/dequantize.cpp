#include "kernels/quant/dequantize.h"

#include "kernels/quant/block_mxfp4.h"
#include "kernels/quant/blocks_32.h"
#include "kernels/quant/blocks_iq1.h"
#include "kernels/quant/blocks_iq2.h"
#include "kernels/quant/blocks_iq3.h"
#include "kernels/quant/blocks_iq4.h"
#include "kernels/quant/blocks_k.h"
#include "kernels/quant/blocks_ternary.h"

#include <cstring>

namespace lemma::kernels {

namespace {

std::uint16_t bitsAt(const std::byte* source, std::int64_t index)
{
    std::uint16_t bits = 0;
    std::memcpy(&bits, source + 2 * index, sizeof bits);
    return bits;
}

template <class Block>
void unpackAs(const std::byte* source, UnpackedBlock& result)
{
    static_assert(alignof(Block) == 1);
    unpack(*reinterpret_cast<const Block*>(source), result);
}

} // namespace

void unpackBlock(TensorType type, const std::byte* source, UnpackedBlock& result)
{
    switch (type) {
    case TensorType::F32:
    case TensorType::F16:
    case TensorType::BF16: return;
    case TensorType::Q4_0: return unpackAs<BlockQ4_0>(source, result);
    case TensorType::Q4_1: return unpackAs<BlockQ4_1>(source, result);
    case TensorType::Q5_0: return unpackAs<BlockQ5_0>(source, result);
    case TensorType::Q5_1: return unpackAs<BlockQ5_1>(source, result);
    case TensorType::Q8_0: return unpackAs<BlockQ8_0>(source, result);
    case TensorType::Q2_K: return unpackAs<BlockQ2_K>(source, result);
    case TensorType::Q3_K: return unpackAs<BlockQ3_K>(source, result);
    case TensorType::Q4_K: return unpackAs<BlockQ4_K>(source, result);
    case TensorType::Q5_K: return unpackAs<BlockQ5_K>(source, result);
    case TensorType::Q6_K: return unpackAs<BlockQ6_K>(source, result);
    case TensorType::IQ1_S: return unpackAs<BlockIQ1_S>(source, result);
    case TensorType::IQ1_M: return unpackAs<BlockIQ1_M>(source, result);
    case TensorType::IQ2_XXS: return unpackAs<BlockIQ2_XXS>(source, result);
    case TensorType::IQ2_XS: return unpackAs<BlockIQ2_XS>(source, result);
    case TensorType::IQ2_S: return unpackAs<BlockIQ2_S>(source, result);
    case TensorType::IQ3_XXS: return unpackAs<BlockIQ3_XXS>(source, result);
    case TensorType::IQ3_S: return unpackAs<BlockIQ3_S>(source, result);
    case TensorType::IQ4_NL: return unpackAs<BlockIQ4_NL>(source, result);
    case TensorType::IQ4_XS: return unpackAs<BlockIQ4_XS>(source, result);
    case TensorType::TQ1_0: return unpackAs<BlockTQ1_0>(source, result);
    case TensorType::TQ2_0: return unpackAs<BlockTQ2_0>(source, result);
    case TensorType::MXFP4: return unpackAs<BlockMXFP4>(source, result);
    }
}

void dequantizeRow(TensorType type, const std::byte* source, float* destination, std::int64_t count)
{
    if (type == TensorType::F32) {
        std::memcpy(destination, source, static_cast<std::size_t>(count) * sizeof(float));
        return;
    }
    if (type == TensorType::F16 || type == TensorType::BF16) {
        for (std::int64_t i = 0; i < count; ++i) {
            const std::uint16_t bits = bitsAt(source, i);
            destination[i] = type == TensorType::F16 ? floatFromHalf(bits) : floatFromBfloat(bits);
        }
        return;
    }
    const TensorTypeInfo& info = tensorTypeInfo(type);
    UnpackedBlock block;
    for (std::int64_t start = 0; start < count; start += info.weightsPerBlock) {
        unpackBlock(type, source, block);
        for (int i = 0; i < info.weightsPerBlock; ++i) {
            destination[start + i] = weightAt(block, i);
        }
        source += info.bytesPerBlock;
    }
}

} // namespace lemma::kernels
