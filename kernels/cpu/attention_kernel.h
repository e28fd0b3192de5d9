#pragma once
// Causal attention over a paged cache, with an online softmax. Included after a SIMD class `Simd`.
//
// The query rows (token, query head) that share a KV head go through the cache together, 16 rows and 32 positions at a
// time, so that each key and value is read from memory, and converted from half floats, once for all of them. A row's
// result is
//     out = sum exp(s - m) v / sum exp(s - m),  m the largest score so far; when m grows, what was summed is scaled
//     down.
// Source: Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018.
// Blocks of positions start at multiples of 32 and a row's operations do not depend on the other rows, so neither does
// its result, bit for bit.

#include "kernels/cpu/attention_scratch.h"
#include "kernels/cpu/norm_kernels.h"
#include "kernels/cpu/simd.h"
#include "kernels/reference/attention.h"

namespace lemma::kernels::cpu {
namespace {

constexpr int rowsPerBlock = 16;
constexpr int positionsPerBlock = 32;

struct AttentionBlock {
    const AttentionShape* shape;
    int rows;
    const float* queries[rowsPerBlock];
    std::int64_t lengths[rowsPerBlock]; // visible positions of each row
    float largest[rowsPerBlock];
    float sums[rowsPerBlock];
    float* outputs; // [rowsPerBlock, valueDimension], not yet divided by sums
    float* keys;    // [positionsPerBlock, keyDimension], where the cache holds half floats
    float* values;  // [positionsPerBlock, valueDimension]
    const float* keyRows[positionsPerBlock];
    const float* valueRows[positionsPerBlock];
    float weights[rowsPerBlock][positionsPerBlock];
};

// Pointers to `count` rows of one head from `position` on, as floats.
LEMMA_INLINE void gatherRows(const KvPages& pages, const std::byte* const* pageTable, std::int64_t rowStride,
                             std::int64_t headOffset, std::int64_t position, int count, int dimension, float* converted,
                             const float** rows)
{
    for (int i = 0; i < count; ++i) {
        const std::int64_t p = position + i;
        const std::int64_t element = (p % pages.pageTokens) * rowStride + headOffset;
        const std::byte* page = pageTable[p / pages.pageTokens];
        if (pages.type == KvType::F32) {
            rows[i] = reinterpret_cast<const float*>(page) + element;
            continue;
        }
        float* target = converted + i * dimension;
        for (int d = 0; d < dimension; d += Simd::lanes) {
            Simd::store(target + d, Simd::loadHalves(page + 2 * (element + d)));
        }
        rows[i] = target;
    }
}

// Scores of `rows` rows, from `row` on, for four positions.
template <int rows>
LEMMA_INLINE void scoreFour(AttentionBlock& block, int row, int position, const float* const (&keys)[4])
{
    Simd::Floats sums[rows][4];
    for (int r = 0; r < rows; ++r) {
        for (int k = 0; k < 4; ++k) {
            sums[r][k] = Simd::zero();
        }
    }
    for (int d = 0; d < block.shape->keyDimension; d += Simd::lanes) {
        Simd::Floats queries[rows];
        for (int r = 0; r < rows; ++r) {
            queries[r] = Simd::load(block.queries[row + r] + d);
        }
        for (int k = 0; k < 4; ++k) {
            const Simd::Floats key = Simd::load(keys[k] + d);
            for (int r = 0; r < rows; ++r) {
                sums[r][k] = Simd::multiplyAdd(queries[r], key, sums[r][k]);
            }
        }
    }
    for (int r = 0; r < rows; ++r) {
        Simd::storeSums(block.weights[row + r] + position, sums[r][0], sums[r][1], sums[r][2], sums[r][3]);
    }
}

// weights[row ...] = scaled scores of the first `count` positions; behind them -infinity.
template <int rows>
LEMMA_INLINE void scoreRows(AttentionBlock& block, int row, int count)
{
    const float* keys[4];
    for (int p = 0; p < count; p += 4) {
        for (int k = 0; k < 4; ++k) {
            keys[k] = block.keyRows[p + k < count ? p + k : count - 1];
        }
        scoreFour<rows>(block, row, p, keys);
    }
    const Simd::Floats scale = Simd::set(block.shape->scale);
    for (int r = 0; r < rows; ++r) {
        float* scores = block.weights[row + r];
        for (int p = 0; p < positionsPerBlock; p += Simd::lanes) {
            Simd::store(scores + p, Simd::multiply(Simd::load(scores + p), scale));
        }
        for (int p = count; p < positionsPerBlock; ++p) {
            scores[p] = -std::numeric_limits<float>::infinity();
        }
    }
}

// Turns scores into weights relative to the largest score so far.
LEMMA_INLINE void weighRow(AttentionBlock& block, int row)
{
    const float blockLargest = largestOf(block.weights[row], positionsPerBlock);
    const float largest = blockLargest > block.largest[row] ? blockLargest : block.largest[row];
    if (largest > block.largest[row]) {
        float shrink[Simd::lanes];
        Simd::store(shrink, exponential(Simd::set(block.largest[row] - largest)));
        block.largest[row] = largest;
        block.sums[row] *= shrink[0];
        float* output = block.outputs + row * block.shape->valueDimension;
        for (int d = 0; d < block.shape->valueDimension; d += Simd::lanes) {
            Simd::store(output + d, Simd::multiply(Simd::load(output + d), Simd::set(shrink[0])));
        }
    }
    block.sums[row] += exponentials(block.weights[row], positionsPerBlock, largest);
}

// outputs[row ...] += weights * values for `rows` rows and `vectors` vectors of dimensions from d on.
template <int rows, int vectors>
LEMMA_INLINE void addValues(AttentionBlock& block, int row, int d, int count)
{
    const int dimension = block.shape->valueDimension;
    Simd::Floats sums[rows][vectors];
    for (int r = 0; r < rows; ++r) {
        for (int v = 0; v < vectors; ++v) {
            sums[r][v] = Simd::load(block.outputs + (row + r) * dimension + d + v * Simd::lanes);
        }
    }
    for (int p = 0; p < count; ++p) {
        Simd::Floats weights[rows];
        for (int r = 0; r < rows; ++r) {
            weights[r] = Simd::set(block.weights[row + r][p]);
        }
        for (int v = 0; v < vectors; ++v) {
            const Simd::Floats value = Simd::load(block.valueRows[p] + d + v * Simd::lanes);
            for (int r = 0; r < rows; ++r) {
                sums[r][v] = Simd::multiplyAdd(weights[r], value, sums[r][v]);
            }
        }
    }
    for (int r = 0; r < rows; ++r) {
        for (int v = 0; v < vectors; ++v) {
            Simd::store(block.outputs + (row + r) * dimension + d + v * Simd::lanes, sums[r][v]);
        }
    }
}

template <int rows>
LEMMA_INLINE void addAllValues(AttentionBlock& block, int row, int count)
{
    const int dimension = block.shape->valueDimension;
    int d = 0;
    for (; d + 4 * Simd::lanes <= dimension; d += 4 * Simd::lanes) {
        addValues<rows, 4>(block, row, d, count);
    }
    for (; d < dimension; d += Simd::lanes) {
        addValues<rows, 1>(block, row, d, count);
    }
}

LEMMA_INLINE int visiblePositions(const AttentionBlock& block, int row, std::int64_t position)
{
    const std::int64_t visible = block.lengths[row] - position;
    return static_cast<int>(visible < 0 ? 0 : visible < positionsPerBlock ? visible : positionsPerBlock);
}

// `rows` rows that see the same `count` positions of the block.
template <int rows>
LEMMA_INLINE void attendRows(AttentionBlock& block, int row, int count)
{
    scoreRows<rows>(block, row, count);
    for (int r = 0; r < rows; ++r) {
        weighRow(block, row + r);
    }
    addAllValues<rows>(block, row, count);
}

LEMMA_INLINE void attendPositions(AttentionBlock& block, std::int64_t position)
{
    for (int row = 0; row < block.rows;) {
        const int count = visiblePositions(block, row, position);
        int alike = 1;
        while (alike < 3 && row + alike < block.rows && visiblePositions(block, row + alike, position) == count) {
            ++alike;
        }
        if (count > 0 && alike == 3) {
            attendRows<3>(block, row, count);
        } else if (count > 0 && alike == 2) {
            attendRows<2>(block, row, count);
        } else if (count > 0) {
            attendRows<1>(block, row, count);
        }
        row += alike;
    }
}

LEMMA_INLINE void attendBlock(AttentionBlock& block, const KvPages& pages, int kvHead)
{
    const AttentionShape& shape = *block.shape;
    std::int64_t longest = 0;
    for (int row = 0; row < block.rows; ++row) {
        block.largest[row] = -std::numeric_limits<float>::infinity();
        block.sums[row] = 0.0F;
        longest = block.lengths[row] > longest ? block.lengths[row] : longest;
    }
    for (int i = 0; i < block.rows * shape.valueDimension; i += Simd::lanes) {
        Simd::store(block.outputs + i, Simd::zero());
    }
    for (std::int64_t position = 0; position < longest; position += positionsPerBlock) {
        const std::int64_t left = longest - position;
        const int count = static_cast<int>(left < positionsPerBlock ? left : positionsPerBlock);
        gatherRows(pages, pages.keyPages, pages.keyRowStride, kvHead * pages.keyHeadStride, position, count,
                   shape.keyDimension, block.keys, block.keyRows);
        gatherRows(pages, pages.valuePages, pages.valueRowStride, kvHead * pages.valueHeadStride, position, count,
                   shape.valueDimension, block.values, block.valueRows);
        attendPositions(block, position);
    }
}

void attention(const AttentionShape& shape, const KvPages& pages, const float* queries, std::int64_t firstPosition,
               std::int64_t tokenBegin, std::int64_t tokenEnd, int kvHeadBegin, int kvHeadEnd, float* output,
               std::vector<float>& scratch)
{
    const int group = shape.queryHeads / shape.kvHeads;
    const std::size_t outputFloats =
        static_cast<std::size_t>(rowsPerBlock) * static_cast<std::size_t>(shape.valueDimension);
    const std::size_t keyFloats =
        static_cast<std::size_t>(positionsPerBlock) * static_cast<std::size_t>(shape.keyDimension);
    const std::size_t valueFloats = 2 * outputFloats; // positionsPerBlock is twice rowsPerBlock
    static_assert(positionsPerBlock == 2 * rowsPerBlock);
    AttentionBlock block{};
    block.shape = &shape;
    block.outputs = growScratch(scratch, outputFloats + keyFloats + valueFloats);
    block.keys = block.outputs + outputFloats;
    block.values = block.keys + keyFloats;
    for (int kvHead = kvHeadBegin; kvHead < kvHeadEnd; ++kvHead) {
        const std::int64_t rows = (tokenEnd - tokenBegin) * group;
        for (std::int64_t first = 0; first < rows; first += rowsPerBlock) {
            block.rows = static_cast<int>(rows - first < rowsPerBlock ? rows - first : rowsPerBlock);
            std::int64_t heads[rowsPerBlock]; // number of the row's head in queries and output
            for (int row = 0; row < block.rows; ++row) {
                const std::int64_t token = tokenBegin + (first + row) / group;
                heads[row] = token * shape.queryHeads + kvHead * group + (first + row) % group;
                block.queries[row] = queries + heads[row] * shape.keyDimension;
                block.lengths[row] = firstPosition + token + 1;
            }
            attendBlock(block, pages, kvHead);
            for (int row = 0; row < block.rows; ++row) {
                const Simd::Floats factor = Simd::set(1.0F / block.sums[row]);
                for (int d = 0; d < shape.valueDimension; d += Simd::lanes) {
                    const Simd::Floats sum = Simd::load(block.outputs + row * shape.valueDimension + d);
                    Simd::store(output + heads[row] * shape.valueDimension + d, Simd::multiply(sum, factor));
                }
            }
        }
    }
}

} // namespace
} // namespace lemma::kernels::cpu
