#include "kernels/reference/attention.h"

#include "kernels/quant/dequantize.h"
#include "kernels/reference/softmax.h"

#include <vector>

namespace lemma::kernels::reference {

namespace {

std::vector<float> readHead(const std::byte* const* pages, const KvPages& cache, std::int64_t position,
                            std::int64_t rowStride, std::int64_t headOffset, int dimension)
{
    const bool half = cache.type == KvType::F16;
    const std::int64_t element = (position % cache.pageTokens) * rowStride + headOffset;
    const std::byte* source = pages[position / cache.pageTokens] + element * (half ? 2 : 4);
    std::vector<float> head(static_cast<std::size_t>(dimension));
    dequantizeRow(half ? TensorType::F16 : TensorType::F32, source, head.data(), dimension);
    return head;
}

double dot(const std::vector<float>& key, const float* query)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < key.size(); ++i) {
        sum += static_cast<double>(key[i]) * static_cast<double>(query[i]);
    }
    return sum;
}

void attendOneHead(const AttentionShape& shape, const KvPages& pages, int kvHead, const float* query,
                   std::int64_t positions, float* output)
{
    std::vector<float> weights(static_cast<std::size_t>(positions));
    for (std::int64_t p = 0; p < positions; ++p) {
        const auto key =
            readHead(pages.keyPages, pages, p, pages.keyRowStride, kvHead * pages.keyHeadStride, shape.keyDimension);
        weights[static_cast<std::size_t>(p)] = static_cast<float>(dot(key, query) * static_cast<double>(shape.scale));
    }
    softmax(weights.data(), positions);
    std::vector<double> sums(static_cast<std::size_t>(shape.valueDimension));
    for (std::int64_t p = 0; p < positions; ++p) {
        const auto value = readHead(pages.valuePages, pages, p, pages.valueRowStride, kvHead * pages.valueHeadStride,
                                    shape.valueDimension);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i] += static_cast<double>(weights[static_cast<std::size_t>(p)]) * static_cast<double>(value[i]);
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        output[i] = static_cast<float>(sums[i]);
    }
}

} // namespace

void attention(const AttentionShape& shape, const KvPages& pages, const float* queries, std::int64_t firstPosition,
               std::int64_t tokens, float* output)
{
    const int group = shape.queryHeads / shape.kvHeads;
    for (std::int64_t t = 0; t < tokens; ++t) {
        for (int h = 0; h < shape.queryHeads; ++h) {
            const std::int64_t row = t * shape.queryHeads + h;
            attendOneHead(shape, pages, h / group, queries + row * shape.keyDimension, firstPosition + t + 1,
                          output + row * shape.valueDimension);
        }
    }
}

} // namespace lemma::kernels::reference
