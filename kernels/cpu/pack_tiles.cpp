#include "kernels/cpu/pack_tiles.h"

#include "kernels/quant/dequantize.h"
#include "kernels/quant/half.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace lemma::kernels::cpu {

namespace {

constexpr int subBlockColumns = 32;

void storeWord(std::byte* target, std::uint32_t word) { std::memcpy(target, &word, sizeof word); }

void storeHalf(std::byte* target, std::uint16_t bits) { std::memcpy(target, &bits, sizeof bits); }

std::byte asByte(int value) { return static_cast<std::byte>(static_cast<std::uint8_t>(value)); }

// Index: value + 128.
using CodeOfValue = std::array<std::uint8_t, 256>;

CodeOfValue codesOf(const TileFormat& format)
{
    CodeOfValue codes{};
    for (int value = -128; value < 128; ++value) {
        codes[static_cast<std::size_t>(value + 128)] = static_cast<std::uint8_t>(value + format.zeroPoint);
    }
    if (format.table != ValueTable::None) {
        const Values16 table = tableValues(format.table);
        for (int code = 15; code >= 0; --code) {
            codes[static_cast<std::size_t>(table.values[code] + 128)] = static_cast<std::uint8_t>(code);
        }
    }
    return codes;
}

// Four columns of one row, a byte each: they stay together in the tile, so they are moved as one word.
std::uint32_t wordOf(const std::uint8_t* codes, int j)
{
    std::uint32_t word = 0;
    std::memcpy(&word, codes + 4 * j, sizeof word);
    return word;
}

// The 32 codes of one row into the planes of a sub-block.
void packCodes(const TileFormat& format, const std::uint8_t* codes, int row, int tileRows, std::byte* planes)
{
    const int vectorBytes = 4 * tileRows;
    std::byte* target = planes + 4 * row;
    const int lowCount = format.lowBits; // vectors of the low plane
    const int perVector = 8 / format.lowBits;
    const std::uint32_t lowMask = 0x01010101U * ((1U << format.lowBits) - 1U);
    for (int v = 0; v < lowCount; ++v) {
        std::uint32_t word = 0;
        for (int k = 0; k < perVector; ++k) {
            const int j = format.lowBits == 4 ? v + 4 * k : perVector * v + k;
            word |= (wordOf(codes, j) & lowMask) << (format.lowBits * k);
        }
        storeWord(target + v * vectorBytes, word);
    }
    target += lowCount * vectorBytes;
    const std::uint32_t highMask = 0x01010101U * ((1U << format.highBits) - 1U);
    for (int v = 0; v < format.highBits; ++v) {
        const int count = 8 / format.highBits;
        std::uint32_t word = 0;
        for (int k = 0; k < count; ++k) {
            const std::uint32_t high = (wordOf(codes, count * v + k) >> format.lowBits) & highMask;
            word |= high << (format.highBits * k);
        }
        storeWord(target + v * vectorBytes, word);
    }
}

std::uint16_t scaleBits(TensorType type, const TileFormat& format, float scale)
{
    if (type == TensorType::MXFP4) { // powers of two beyond the range of a half
        return static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(scale) >> 16);
    }
    return halfFromFloat(std::ldexp(scale, format.scaleShift));
}

void packHeader(TensorType type, const TileFormat& format, const UnpackedBlock& block, int row, int tileRows,
                std::byte* header)
{
    storeHalf(header + 2 * row, scaleBits(type, format, block.scale));
    std::byte* groups = header + 2 * tileRows;
    if (format.header != TileHeader::Scale32 && format.header != TileHeader::Scale256) {
        storeHalf(groups + 2 * row, halfFromFloat(-block.minimum));
        groups += 2 * tileRows;
    }
    if (format.header == TileHeader::Scale256) {
        for (int g = 0; g < 16; ++g) {
            groups[g * tileRows + row] = asByte(block.groupScales[g]);
        }
    } else if (format.header == TileHeader::ScaleOffset256) {
        for (int g = 0; g < 8; ++g) {
            groups[g * tileRows + row] = asByte(block.groupScales[2 * g]);
            groups[(8 + g) * tileRows + row] = asByte(block.groupMinima[2 * g]);
        }
    } else if (format.header == TileHeader::NibbleGroups) {
        for (int g = 0; g < 16; ++g) {
            groups[g * tileRows + row] = asByte(block.groupScales[g] | (block.groupMinima[g] << 4));
        }
    }
}

} // namespace

void packTile(TensorType type, const std::byte* source, std::int64_t rows, std::int64_t columns, int tileRows,
              std::byte* tile)
{
    const TileFormat format = tileFormat(type);
    const CodeOfValue codeOfValue = codesOf(format);
    const TensorTypeInfo& info = tensorTypeInfo(type);
    const std::size_t blockBytes = format.blockBytes(tileRows);
    const std::int64_t blocks = columns / info.weightsPerBlock;
    std::memset(tile, 0, static_cast<std::size_t>(blocks) * blockBytes);
    UnpackedBlock unpacked;
    std::uint8_t codes[maximumWeightsPerBlock];
    for (std::int64_t row = 0; row < rows; ++row) {
        std::byte* target = tile;
        for (std::int64_t b = 0; b < blocks; ++b) {
            unpackBlock(type, source, unpacked);
            source += info.bytesPerBlock;
            packHeader(type, format, unpacked, static_cast<int>(row), tileRows, target);
            for (int i = 0; i < info.weightsPerBlock; ++i) {
                codes[i] = codeOfValue[static_cast<std::size_t>(unpacked.values[i] + 128)];
            }
            std::byte* planes = target + format.headerBytes(tileRows);
            for (int i = 0; i < info.weightsPerBlock; i += subBlockColumns) {
                packCodes(format, codes + i, static_cast<int>(row), tileRows, planes);
                planes += format.codeBytes(tileRows);
            }
            target += blockBytes;
        }
    }
}

} // namespace lemma::kernels::cpu
