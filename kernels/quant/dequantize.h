#pragma once
// Decodes weights of any tensor type to float32, bit for bit as ggml does: the definition of what a file contains.
//
//     std::vector<float> row(columns);
//     dequantizeRow(TensorType::Q4_K, rowStart, row.data(), columns);
//
// `source` may have any alignment. `count` must be a multiple of the type's weightsPerBlock; checking it against the
// file is the caller's duty. Simple scalar code: the fast path does not go through here.

#include "kernels/quant/tensor_type.h"
#include "kernels/quant/unpacked_block.h"

namespace lemma::kernels {

void dequantizeRow(TensorType type, const std::byte* source, float* destination, std::int64_t count);

// Takes one block of a quantised type (not F32, F16, BF16) apart.
void unpackBlock(TensorType type, const std::byte* source, UnpackedBlock& result);

} // namespace lemma::kernels
