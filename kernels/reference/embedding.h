#pragma once
// y[t] = row ids[t] of the embedding table, decoded to float32. Every id must be in the table.

#include "kernels/quant/tensor_type.h"

namespace lemma::kernels::reference {

// table: [vocabulary, columns] in the file's layout; y: [tokens, columns]
void embedding(TensorType type, const std::byte* table, std::int64_t columns, const std::int32_t* ids,
               std::int64_t tokens, float* y);

} // namespace lemma::kernels::reference
