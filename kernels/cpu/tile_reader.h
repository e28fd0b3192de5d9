#pragma once
// Reads the blocks of a tile (tile_format.h) into vectors, 32 columns at a time. Included after a SIMD class `Simd`.

#include "kernels/cpu/simd.h"
#include "kernels/cpu/tile_format.h"

namespace lemma::kernels::cpu {
namespace {

template <TileFormat format>
struct TileTraits {
    // Where the set cannot multiply two signed bytes, signed values get a zero point of 128 like all others.
    static constexpr bool isSigned = format.isSigned && Simd::multipliesSigned;
    static constexpr int zeroPoint = format.isSigned && !isSigned ? 128 : format.zeroPoint;

    static constexpr bool hasGroupScales = format.blockColumns() == 256;
    static constexpr bool hasOffset = format.header != TileHeader::Scale32 && format.header != TileHeader::Scale256;

    // Groups of columns, in 32, that have their own scale or offset.
    static constexpr int scaleGroups = hasGroupScales && format.header != TileHeader::ScaleOffset256 ? 2 : 1;
    static constexpr int offsetGroups = hasOffset || zeroPoint != 0 ? scaleGroups : 0;

    // How many products of four columns may be summed before a partial sum can overflow: each adds two products of a
    // value and an activation of at most 127.
    static constexpr int depth()
    {
        if (isSigned) {
            return Simd::signedDepth;
        }
        int result = 8 / scaleGroups;
        while (result > 1 && result * 2 * format.largestValue * 127 > Simd::partialLimit) {
            result /= 2;
        }
        return result;
    }
};

// 32 columns of a tile: weight = scale * groupScale * value + offset
template <TileFormat format>
struct SubBlock {
    Simd::Bytes values[8];
    Simd::Ints groupScales[2];
    Simd::Floats scale;
    Simd::Floats offsets[2];
};

template <TileFormat format, int j>
LEMMA_INLINE Simd::Bytes readCodes(const std::byte* planes)
{
    constexpr int vectorBytes = 4 * Simd::lanes;
    if constexpr (format.lowBits == 8) {
        return Simd::loadBytes(planes + j * vectorBytes);
    } else {
        constexpr bool two = format.lowBits == 2;
        constexpr int vector = two ? j / 4 : j % 4;
        constexpr int shift = two ? 2 * (j % 4) : 4 * (j / 4);
        const Simd::Bytes low = Simd::masked(Simd::shiftedLeft<-shift>(Simd::loadBytes(planes + vector * vectorBytes)),
                                             (1 << format.lowBits) - 1);
        if constexpr (format.highBits == 0) {
            return low;
        } else {
            constexpr int perVector = 8 / format.highBits;
            constexpr int position = format.highBits * (j % perVector);
            const Simd::Bytes plane = Simd::loadBytes(planes + (format.lowBits + j / perVector) * vectorBytes);
            const Simd::Bytes high = Simd::masked(Simd::shiftedLeft<format.lowBits - position>(plane),
                                                  ((1 << format.highBits) - 1) << format.lowBits);
            return Simd::either(low, high);
        }
    }
}

template <TileFormat format>
struct SixteenValues {
    static constexpr Values16 make()
    {
        Values16 result = tableValues(format.table);
        for (signed char& value : result.values) {
            value = static_cast<signed char>(value + TileTraits<format>::zeroPoint);
        }
        return result;
    }
    static constexpr Values16 values = make();
};

template <TileFormat format, int j>
LEMMA_INLINE Simd::Bytes readValues(const std::byte* planes)
{
    const Simd::Bytes codes = readCodes<format, j>(planes);
    if constexpr (format.table != ValueTable::None) {
        return Simd::lookUp(Simd::loadTable(SixteenValues<format>::values.values), codes);
    } else if constexpr (format.isSigned && !TileTraits<format>::isSigned) {
        return Simd::addBytes(codes, 128);
    } else {
        return codes;
    }
}

template <TileFormat format>
class BlockReader {
    using Traits = TileTraits<format>;
    static constexpr int rows = Simd::lanes;

public:
    explicit LEMMA_INLINE BlockReader(const std::byte* block) : m_block(block)
    {
        if constexpr (format.table == ValueTable::Mxfp4) {
            m_scale = Simd::loadBfloats(block);
        } else {
            m_scale = Simd::loadHalves(block);
        }
        if constexpr (format.scaleShift != 0) {
            m_scale = Simd::multiply(m_scale, Simd::set(1.0F / static_cast<float>(1 << format.scaleShift)));
        }
        if constexpr (Traits::hasOffset) {
            m_offset = Simd::loadHalves(block + 2 * rows);
        }
    }

    // Columns 32 i .. 32 i + 31 of the block.
    LEMMA_INLINE void read(int i, SubBlock<format>& result) const
    {
        const std::byte* planes =
            m_block + format.headerBytes(rows) + static_cast<std::size_t>(i) * format.codeBytes(rows);
        result.values[0] = readValues<format, 0>(planes);
        result.values[1] = readValues<format, 1>(planes);
        result.values[2] = readValues<format, 2>(planes);
        result.values[3] = readValues<format, 3>(planes);
        result.values[4] = readValues<format, 4>(planes);
        result.values[5] = readValues<format, 5>(planes);
        result.values[6] = readValues<format, 6>(planes);
        result.values[7] = readValues<format, 7>(planes);
        result.scale = m_scale;
        readGroups(i, result);
    }

private:
    LEMMA_INLINE void readGroups(int i, SubBlock<format>& result) const
    {
        const std::byte* groups = m_block + (Traits::hasOffset ? 4 : 2) * rows;
        if constexpr (format.header == TileHeader::Scale32) {
            if constexpr (Traits::zeroPoint != 0) {
                result.offsets[0] = Simd::multiply(m_scale, Simd::set(static_cast<float>(-Traits::zeroPoint)));
            }
        } else if constexpr (format.header == TileHeader::ScaleOffset32) {
            result.offsets[0] = m_offset;
        } else if constexpr (format.header == TileHeader::ScaleOffset256) {
            result.groupScales[0] = Simd::loadGroupScale(groups + i * rows);
            result.offsets[0] = Simd::multiply(m_offset, Simd::loadSmallInts(groups + (8 + i) * rows));
        } else {
            for (int g = 0; g < 2; ++g) {
                const std::byte* group = groups + (2 * i + g) * rows;
                if constexpr (format.header == TileHeader::NibbleGroups) {
                    result.groupScales[g] = Simd::loadLowNibbleScale(group);
                    result.offsets[g] = Simd::multiply(m_offset, Simd::loadHighNibbles(group));
                } else {
                    result.groupScales[g] = Simd::loadGroupScale(group);
                    if constexpr (Traits::zeroPoint != 0) {
                        const Simd::Floats zeroPoint =
                            Simd::multiply(m_scale, Simd::set(static_cast<float>(-Traits::zeroPoint)));
                        result.offsets[g] = Simd::multiply(zeroPoint, Simd::loadSmallInts(group));
                    }
                }
            }
        }
    }

    const std::byte* m_block;
    Simd::Floats m_scale;
    Simd::Floats m_offset;
};

} // namespace
} // namespace lemma::kernels::cpu
