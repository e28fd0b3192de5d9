#include "kernels/cpu/matmul.h"

#include "kernels/cpu/matmul_kernels.h"
#include "kernels/cpu/pack_tiles.h"

#include <algorithm>

namespace lemma::kernels::cpu {

bool needsQuantizedActivations(TensorType type)
{
    return type != TensorType::F32 && type != TensorType::F16 && type != TensorType::BF16;
}

PackedMatrix::PackedMatrix(const CpuKernels& kernels, TensorType type, const std::byte* data, std::int64_t rows,
                           std::int64_t columns)
    : m_kernels(&kernels), m_type(type), m_data(data), m_rows(rows), m_columns(columns)
{
    if (!needsQuantizedActivations(type)) {
        return;
    }
    const TileFormat format = tileFormat(type);
    const int tileRows = kernels.matmul->tileRows;
    const std::int64_t paddedRows = (rows + matmulRowAlignment - 1) / matmulRowAlignment * matmulRowAlignment;
    m_tileCount = paddedRows / tileRows;
    m_bytesPerTile = static_cast<std::size_t>(columns / format.blockColumns()) * format.blockBytes(tileRows);
    m_tiles = AlignedBuffer(static_cast<std::size_t>(m_tileCount) * m_bytesPerTile);
}

void PackedMatrix::packTiles(std::int64_t tileBegin, std::int64_t tileEnd)
{
    const int tileRows = m_kernels->matmul->tileRows;
    const std::size_t bytesPerRow = rowBytes(m_type, m_columns);
    for (std::int64_t tile = tileBegin; tile < tileEnd; ++tile) {
        const std::int64_t row = tile * tileRows;
        const std::int64_t rows = std::clamp<std::int64_t>(m_rows - row, 0, tileRows);
        const std::int64_t source = std::min(row, m_rows);
        packTile(m_type, m_data + static_cast<std::size_t>(source) * bytesPerRow, rows, m_columns, tileRows,
                 m_tiles.data() + static_cast<std::size_t>(tile) * m_bytesPerTile);
    }
}

std::size_t PackedMatrix::bytesRead() const
{
    return needsQuantizedActivations(m_type) ? m_tiles.size()
                                             : static_cast<std::size_t>(m_rows) * rowBytes(m_type, m_columns);
}

void Activations::reset(const float* x, std::int64_t tokens, std::int64_t columns)
{
    m_values = x;
    m_tokens = tokens;
    m_columns = columns;
    const auto grow = [](auto& storage, std::int64_t size) {
        if (storage.size() < static_cast<std::size_t>(size)) {
            storage.resize(static_cast<std::size_t>(size));
        }
    };
    grow(m_quants, tokens * columns);
    grow(m_scales, tokens * (columns / activationBlock));
    grow(m_blockSums, tokens * (columns / activationBlock));
    grow(m_groupSums, 2 * tokens * (columns / activationBlock));
}

void Activations::quantize(const CpuKernels& kernels, std::int64_t tokenBegin, std::int64_t tokenEnd)
{
    const std::int64_t blocks = m_columns / activationBlock;
    for (std::int64_t token = tokenBegin; token < tokenEnd; ++token) {
        kernels.matmul->quantize(m_values + token * m_columns, m_columns, m_quants.data() + token * m_columns,
                                 m_scales.data() + token * blocks, m_blockSums.data() + token * blocks,
                                 m_groupSums.data() + 2 * token * blocks);
    }
}

void matmul(const PackedMatrix& weights, const Activations& x, std::int64_t tokenBegin, std::int64_t tokenEnd,
            std::int64_t rowBegin, std::int64_t rowEnd, float* y, std::int64_t yStride)
{
    if (tokenBegin >= tokenEnd || rowBegin >= rowEnd) {
        return;
    }
    const MatmulKernels& kernels = *weights.kernels().matmul;
    if (!needsQuantizedActivations(weights.type())) {
        kernels.floatProduct(weights.type())(
            {weights.data(), weights.columns(), x.values(), tokenBegin, tokenEnd, rowBegin, rowEnd, y, yStride});
        return;
    }
    const QuantizedView view{x.columns(), x.quants(), x.scales(), x.blockSums(), x.groupSums()};
    kernels.tileProduct(weights.type())({weights.tiles(), weights.bytesPerTile(), weights.rows(), view, tokenBegin,
                                         tokenEnd, rowBegin, rowEnd, y, yStride});
}

} // namespace lemma::kernels::cpu
