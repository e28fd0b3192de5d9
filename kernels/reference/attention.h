#pragma once
// Causal attention with grouped query heads over a KV cache that lies in pages.
//
// Query head h uses KV head h / (queryHeads / kvHeads). The query of token t stands at position firstPosition + t and
// sees the positions 0 .. firstPosition + t, whose keys and values must be in the cache already, its own included:
//
//     output[t, h] = sum over p of softmax_p(scale * q[t, h] . key[p]) * value[p]
//
// Sources: Vaswani et al., 2017; Ainslie et al., "GQA", 2023.

#include <cstddef>
#include <cstdint>

namespace lemma::kernels {

struct AttentionShape {
    int queryHeads = 0;
    int kvHeads = 0;        // divides queryHeads
    int keyDimension = 0;   // of a head
    int valueDimension = 0; // of a head; differs from keyDimension in deepseek2
    float scale = 1.0F;     // usually 1 / sqrt(keyDimension)
};

enum class KvType { F32, F16 };

// One layer of one sequence's cache. Position p lies in page p / pageTokens, at row p % pageTokens; the row starts
// rowStride elements after the last one, and head h headStride elements after its start. For the usual page
// [pageTokens, kvHeads, dimension] headStride is dimension and rowStride kvHeads * dimension. With MLA the value is a
// prefix of the key: give the key pages and strides for the values as well.
struct KvPages {
    KvType type = KvType::F32;
    std::int64_t pageTokens = 0;
    const std::byte* const* keyPages = nullptr;
    const std::byte* const* valuePages = nullptr;
    std::int64_t keyRowStride = 0;
    std::int64_t keyHeadStride = 0;
    std::int64_t valueRowStride = 0;
    std::int64_t valueHeadStride = 0;
};

namespace reference {

// queries: [tokens, queryHeads, keyDimension]; output: [tokens, queryHeads, valueDimension]
void attention(const AttentionShape& shape, const KvPages& pages, const float* queries, std::int64_t firstPosition,
               std::int64_t tokens, float* output);

} // namespace reference
} // namespace lemma::kernels
