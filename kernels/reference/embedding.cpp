#include "kernels/reference/embedding.h"

#include "kernels/quant/dequantize.h"

namespace lemma::kernels::reference {

void embedding(TensorType type, const std::byte* table, std::int64_t columns, const std::int32_t* ids,
               std::int64_t tokens, float* y)
{
    const std::size_t bytes = rowBytes(type, columns);
    for (std::int64_t t = 0; t < tokens; ++t) {
        dequantizeRow(type, table + static_cast<std::size_t>(ids[t]) * bytes, y + t * columns, columns);
    }
}

} // namespace lemma::kernels::reference
