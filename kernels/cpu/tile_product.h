#pragma once
// The product of packed tiles with quantised activations, for any tile format. Included after a SIMD class `Simd`.
//
// One token (decode): a tile's rows are accumulated from its first column to its last while its memory streams through.
// Many tokens (prefill): 256 columns of 16 rows are unpacked into the first-level cache and multiplied with all tokens
// of a block, a few at a time. In both the float operations on one y[t, r] are the same in the same order, so its bits
// do not depend on the path.

#include "kernels/cpu/matmul.h"
#include "kernels/cpu/matmul_kernels.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/tile_reader.h"

namespace lemma::kernels::cpu {
namespace {

constexpr int tokensPerStep = Simd::tokensPerStep;
constexpr int tokensPerBlock = 64;
constexpr int tilesPerStep = static_cast<int>(matmulRowAlignment) / Simd::lanes;
constexpr int subBlocksPerPanel = 8;

// Adds the products of 32 columns (number `block` of the row) of some tiles and tokens to `sums`.
template <TileFormat format, int tiles, int tokens>
LEMMA_INLINE void accumulate(const SubBlock<format>* const (&weights)[tiles], const QuantizedView& x,
                             std::int64_t firstToken, std::int64_t block, Simd::Floats (&sums)[tiles][tokens])
{
    using Traits = TileTraits<format>;
    constexpr int depth = Traits::depth();
    constexpr int vectorsPerGroup = 8 / Traits::scaleGroups;
    const std::int64_t blocks = x.columns / activationBlock;
    const std::int8_t* quants = x.quants + firstToken * x.columns + block * activationBlock;
    Simd::Ints totals[tiles][tokens];
#pragma GCC unroll 8
    for (int first = 0; first < 8; first += depth) {
        Simd::Partial partial[tiles][tokens];
#pragma GCC unroll 8
        for (int j = first; j < first + depth; ++j) {
#pragma GCC unroll 8
            for (int t = 0; t < tokens; ++t) {
                const Simd::Bytes activations = Simd::broadcastFour(quants + t * x.columns + 4 * j);
#pragma GCC unroll 8
                for (int i = 0; i < tiles; ++i) {
                    const Simd::Bytes values = weights[i]->values[j];
                    partial[i][t] = j == first
                                        ? Simd::products<Traits::isSigned>(values, activations)
                                        : Simd::addProducts<Traits::isSigned>(partial[i][t], values, activations);
                }
            }
        }
#pragma GCC unroll 8
        for (int i = 0; i < tiles; ++i) {
#pragma GCC unroll 8
            for (int t = 0; t < tokens; ++t) {
                const Simd::Ints total =
                    Traits::hasGroupScales
                        ? Simd::totalTimes(partial[i][t], weights[i]->groupScales[first / vectorsPerGroup])
                        : Simd::total(partial[i][t]);
                totals[i][t] = first == 0 ? total : Simd::addInts(totals[i][t], total);
            }
        }
    }
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) {
        const std::int64_t index = (firstToken + t) * blocks + block;
        const Simd::Floats scale = Simd::set(x.scales[index]);
#pragma GCC unroll 8
        for (int i = 0; i < tiles; ++i) {
            Simd::Floats sum =
                Simd::multiplyAdd(Simd::toFloats(totals[i][t]), Simd::multiply(weights[i]->scale, scale), sums[i][t]);
            if constexpr (Traits::offsetGroups == 1) {
                sum = Simd::multiplyAdd(weights[i]->offsets[0], Simd::set(x.blockSums[index]), sum);
            } else if constexpr (Traits::offsetGroups == 2) {
                sum = Simd::multiplyAdd(weights[i]->offsets[0], Simd::set(x.groupSums[2 * index]), sum);
                sum = Simd::multiplyAdd(weights[i]->offsets[1], Simd::set(x.groupSums[2 * index + 1]), sum);
            }
            sums[i][t] = sum;
        }
    }
}

// The last rows of a tile may lie beyond the matrix.
LEMMA_INLINE void storeRows(const TileProduct& product, std::int64_t token, std::int64_t row, Simd::Floats sum)
{
    float* target = product.y + token * product.yStride + row;
    if (row + Simd::lanes <= product.rows) {
        Simd::store(target, sum);
        return;
    }
    float values[Simd::lanes];
    Simd::store(values, sum);
    for (std::int64_t i = 0; i < product.rows - row; ++i) {
        target[i] = values[i];
    }
}

template <TileFormat format>
void multiplyOneToken(const TileProduct& product, std::int64_t token)
{
    constexpr int subBlocks = format.blockColumns() / 32;
    constexpr std::size_t blockBytes = format.blockBytes(Simd::lanes);
    constexpr std::size_t prefetchDistance = 1024;
    const std::int64_t blocks = product.x.columns / format.blockColumns();
    for (std::int64_t row = product.rowBegin; row < product.rowEnd; row += Simd::lanes) {
        const std::byte* block = product.tiles + static_cast<std::size_t>(row / Simd::lanes) * product.bytesPerTile;
        Simd::Floats sums[1][1] = {{Simd::zero()}};
        for (std::int64_t b = 0; b < blocks; ++b) {
            for (std::size_t line = 0; line < blockBytes; line += 64) {
                Simd::prefetch(block + prefetchDistance + line);
            }
            const BlockReader<format> reader(block);
            for (int i = 0; i < subBlocks; ++i) {
                SubBlock<format> weights;
                reader.read(i, weights);
                accumulate<format, 1, 1>({&weights}, product.x, token, b * subBlocks + i, sums);
            }
            block += blockBytes;
        }
        storeRows(product, token, row, sums[0][0]);
    }
}

// Unpacked columns of tilesPerStep tiles and the running sums of a block of tokens: 10 KiB.
template <TileFormat format>
struct Panel {
    SubBlock<format> weights[tilesPerStep][subBlocksPerPanel];
    Simd::Floats sums[tokensPerBlock][tilesPerStep];
};

template <TileFormat format, int tokens>
LEMMA_INLINE void multiplyPanel(Panel<format>& panel, const QuantizedView& x, std::int64_t firstToken, int tokenInBlock,
                                std::int64_t firstBlock, int subBlocks)
{
    Simd::Floats sums[tilesPerStep][tokens];
    for (int t = 0; t < tokens; ++t) {
        for (int i = 0; i < tilesPerStep; ++i) {
            sums[i][t] = panel.sums[tokenInBlock + t][i];
        }
    }
    for (int s = 0; s < subBlocks; ++s) {
        const SubBlock<format>* weights[tilesPerStep];
        for (int i = 0; i < tilesPerStep; ++i) {
            weights[i] = &panel.weights[i][s];
        }
        accumulate<format, tilesPerStep, tokens>(weights, x, firstToken + tokenInBlock, firstBlock + s, sums);
    }
    for (int t = 0; t < tokens; ++t) {
        for (int i = 0; i < tilesPerStep; ++i) {
            panel.sums[tokenInBlock + t][i] = sums[i][t];
        }
    }
}

template <TileFormat format>
void unpackPanel(const std::byte* tile, std::size_t bytesPerTile, std::int64_t firstBlock, int subBlocks,
                 Panel<format>& panel)
{
    constexpr int perBlock = format.blockColumns() / 32;
    constexpr std::size_t blockBytes = format.blockBytes(Simd::lanes);
    for (int i = 0; i < tilesPerStep; ++i) {
        const std::byte* block = tile + static_cast<std::size_t>(i) * bytesPerTile +
                                 static_cast<std::size_t>(firstBlock / perBlock) * blockBytes;
        for (int s = 0; s < subBlocks; s += perBlock) {
            const BlockReader<format> reader(block);
            for (int k = 0; k < perBlock; ++k) {
                reader.read(k, panel.weights[i][s + k]);
            }
            block += blockBytes;
        }
    }
}

// 16 rows and up to tokensPerBlock tokens.
template <TileFormat format>
void multiplyTokenBlock(const TileProduct& product, std::int64_t row, std::int64_t firstToken, int tokens)
{
    Panel<format> panel;
    for (int t = 0; t < tokens; ++t) {
        for (int i = 0; i < tilesPerStep; ++i) {
            panel.sums[t][i] = Simd::zero();
        }
    }
    const std::byte* tile = product.tiles + static_cast<std::size_t>(row / Simd::lanes) * product.bytesPerTile;
    const std::int64_t blocks = product.x.columns / activationBlock;
    for (std::int64_t first = 0; first < blocks; first += subBlocksPerPanel) {
        const int subBlocks = static_cast<int>(blocks - first < subBlocksPerPanel ? blocks - first : subBlocksPerPanel);
        unpackPanel<format>(tile, product.bytesPerTile, first, subBlocks, panel);
        int t = 0;
        for (; t + tokensPerStep <= tokens; t += tokensPerStep) {
            multiplyPanel<format, tokensPerStep>(panel, product.x, firstToken, t, first, subBlocks);
        }
        for (; t < tokens; ++t) {
            multiplyPanel<format, 1>(panel, product.x, firstToken, t, first, subBlocks);
        }
    }
    for (int t = 0; t < tokens; ++t) {
        for (int i = 0; i < tilesPerStep; ++i) {
            const std::int64_t tileRow = row + i * Simd::lanes;
            if (tileRow < product.rows) {
                storeRows(product, firstToken + t, tileRow, panel.sums[t][i]);
            }
        }
    }
}

template <TileFormat format>
void multiplyTiles(const TileProduct& product)
{
    if (product.tokenEnd - product.tokenBegin == 1) {
        multiplyOneToken<format>(product, product.tokenBegin);
        return;
    }
    for (std::int64_t token = product.tokenBegin; token < product.tokenEnd; token += tokensPerBlock) {
        const std::int64_t left = product.tokenEnd - token;
        const int tokens = static_cast<int>(left < tokensPerBlock ? left : tokensPerBlock);
        for (std::int64_t row = product.rowBegin; row < product.rowEnd; row += matmulRowAlignment) {
            multiplyTokenBlock<format>(product, row, token, tokens);
        }
    }
}

TileProductFunction tileProductOf(TensorType type)
{
    switch (type) {
#define LEMMA_TILE_PRODUCT(name)                                                                                       \
    case TensorType::name: return multiplyTiles<tileFormat(TensorType::name)>
        LEMMA_TILE_PRODUCT(Q4_0);
        LEMMA_TILE_PRODUCT(Q4_1);
        LEMMA_TILE_PRODUCT(Q5_0);
        LEMMA_TILE_PRODUCT(Q5_1);
        LEMMA_TILE_PRODUCT(Q8_0);
        LEMMA_TILE_PRODUCT(Q2_K);
        LEMMA_TILE_PRODUCT(Q3_K);
        LEMMA_TILE_PRODUCT(Q4_K);
        LEMMA_TILE_PRODUCT(Q5_K);
        LEMMA_TILE_PRODUCT(Q6_K);
        LEMMA_TILE_PRODUCT(IQ1_S);
        LEMMA_TILE_PRODUCT(IQ1_M);
        LEMMA_TILE_PRODUCT(IQ2_XXS);
        LEMMA_TILE_PRODUCT(IQ2_XS);
        LEMMA_TILE_PRODUCT(IQ2_S);
        LEMMA_TILE_PRODUCT(IQ3_XXS);
        LEMMA_TILE_PRODUCT(IQ3_S);
        LEMMA_TILE_PRODUCT(IQ4_NL);
        LEMMA_TILE_PRODUCT(IQ4_XS);
        LEMMA_TILE_PRODUCT(TQ1_0);
        LEMMA_TILE_PRODUCT(TQ2_0);
        LEMMA_TILE_PRODUCT(MXFP4);
#undef LEMMA_TILE_PRODUCT
    case TensorType::F32:
    case TensorType::F16:
    case TensorType::BF16: break;
    }
    return nullptr;
}

} // namespace
} // namespace lemma::kernels::cpu
