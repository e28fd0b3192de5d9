#pragma once
// How the rows of a quantised matrix are repacked for the fast products: the layout, for all instruction sets.
//
// A tile holds the rows of one vector register (8 for 256 bits, 16 for 512), block of columns after block of columns,
// so that a product reads it from front to end. Within a block the header comes first, then the codes of each 32
// columns:
//
//   header, R rows (u16: a half float, or the upper half of a float for MXFP4)
//     Scale32        u16 scale[R]
//     ScaleOffset32  u16 scale[R], offset[R]
//     Scale256       u16 scale[R], i8 groupScale[16][R]
//     ScaleOffset256 u16 scale[R], offset[R], u8 groupScale[8][R], groupOffset[8][R]         (groups of 32 columns)
//     NibbleGroups   u16 scale[R], offset[R], u8 scale | offset << 4 [16][R]                 (groups of 16 columns)
//
//   codes of 32 columns: eight vectors of bytes, w[j] with columns 4 j .. 4 j + 3 of row 0, then of row 1, and so on.
//     low plane, 8 bits:  w[0] .. w[7]
//                4 bits:  four vectors w[j] | w[j + 4] << 4
//                2 bits:  two vectors w[4 v] | w[4 v + 1] << 2 | w[4 v + 2] << 4 | w[4 v + 3] << 6
//     high plane, 1 bit:  one vector whose bit j belongs to w[j]
//                 2 bits: two vectors whose bits 2 j, 2 j + 1 belong to w[j], w[j + 4]
//
// A weight is scale * 2^-scaleShift * groupScale * (value - zeroPoint) + offset * groupOffset, where value is the code,
// or the code's entry in a table of 16. The repacking is exact: see UnpackedBlock.

#include "kernels/quant/tensor_type.h"

namespace lemma::kernels::cpu {

enum class TileHeader { Scale32, ScaleOffset32, Scale256, ScaleOffset256, NibbleGroups };

enum class ValueTable { None, Iq1, Iq2, Iq3Xxs, Iq3S, Iq4, Mxfp4 };

struct TileFormat {
    TileHeader header;
    int lowBits;
    int highBits;
    int zeroPoint;    // added to the signed values to make them unsigned; 0 where they are unsigned or stay signed
    int largestValue; // of the unsigned values
    bool isSigned;    // values use the whole range of int8, so a zero point would overflow the AVX2 products
    ValueTable table;
    int scaleShift;

    constexpr int blockColumns() const
    {
        return header == TileHeader::Scale32 || header == TileHeader::ScaleOffset32 ? 32 : 256;
    }

    constexpr std::size_t headerBytes(int rows) const
    {
        switch (header) {
        case TileHeader::Scale32: return static_cast<std::size_t>(2 * rows);
        case TileHeader::ScaleOffset32: return static_cast<std::size_t>(4 * rows);
        case TileHeader::Scale256: return static_cast<std::size_t>(18 * rows);
        case TileHeader::ScaleOffset256:
        case TileHeader::NibbleGroups: return static_cast<std::size_t>(20 * rows);
        }
        return 0;
    }

    constexpr std::size_t codeBytes(int rows) const
    {
        return static_cast<std::size_t>(4 * rows * (lowBits + highBits));
    }

    constexpr std::size_t blockBytes(int rows) const
    {
        return headerBytes(rows) + static_cast<std::size_t>(blockColumns() / 32) * codeBytes(rows);
    }
};

// The 16 values (without zero point) that codes of a format with a table stand for. Unused entries are zero.
struct Values16 {
    signed char values[16];
};

constexpr Values16 tableValues(ValueTable table)
{
    switch (table) {
    case ValueTable::None: return {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}};
    case ValueTable::Iq1: return {{-9, -7, -1, 1, 7, 9}};
    case ValueTable::Iq2: return {{-43, -25, -8, 8, 25, 43}};
    case ValueTable::Iq3Xxs: return {{-62, -52, -44, -36, -28, -20, -12, -4, 4, 12, 20, 28, 36, 44, 52, 62}};
    case ValueTable::Iq3S: return {{-15, -13, -11, -9, -7, -5, -3, -1, 1, 3, 5, 7, 9, 11, 13, 15}};
    case ValueTable::Iq4: return {{-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113}};
    case ValueTable::Mxfp4: return {{0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12}};
    }
    return {};
}

// For the quantised types; F32, F16 and BF16 are not packed.
constexpr TileFormat tileFormat(TensorType type)
{
    using enum TileHeader;
    switch (type) {
    case TensorType::Q4_0: return {Scale32, 4, 0, 8, 15, false, ValueTable::None, 0};
    case TensorType::Q4_1: return {ScaleOffset32, 4, 0, 0, 15, false, ValueTable::None, 0};
    case TensorType::Q5_0: return {Scale32, 4, 1, 16, 31, false, ValueTable::None, 0};
    case TensorType::Q5_1: return {ScaleOffset32, 4, 1, 0, 31, false, ValueTable::None, 0};
    case TensorType::Q8_0: return {Scale32, 8, 0, 0, 255, true, ValueTable::None, 0};
    case TensorType::Q2_K: return {NibbleGroups, 2, 0, 0, 3, false, ValueTable::None, 0};
    case TensorType::Q3_K: return {Scale256, 2, 1, 4, 7, false, ValueTable::None, 0};
    case TensorType::Q4_K: return {ScaleOffset256, 4, 0, 0, 15, false, ValueTable::None, 0};
    case TensorType::Q5_K: return {ScaleOffset256, 4, 1, 0, 31, false, ValueTable::None, 0};
    case TensorType::Q6_K: return {Scale256, 4, 2, 32, 63, false, ValueTable::None, 0};
    case TensorType::IQ1_S:
    case TensorType::IQ1_M: return {Scale256, 4, 0, 9, 18, false, ValueTable::Iq1, 3};
    case TensorType::IQ2_XXS:
    case TensorType::IQ2_XS:
    case TensorType::IQ2_S: return {Scale256, 4, 0, 43, 86, false, ValueTable::Iq2, 3};
    case TensorType::IQ3_XXS: return {Scale256, 4, 0, 62, 124, false, ValueTable::Iq3Xxs, 2};
    case TensorType::IQ3_S: return {Scale256, 4, 0, 15, 30, false, ValueTable::Iq3S, 0};
    case TensorType::IQ4_NL: return {Scale32, 4, 0, 0, 255, true, ValueTable::Iq4, 0};
    case TensorType::IQ4_XS: return {Scale256, 4, 0, 0, 255, true, ValueTable::Iq4, 0};
    case TensorType::TQ1_0:
    case TensorType::TQ2_0: return {Scale256, 2, 0, 1, 2, false, ValueTable::None, 0};
    case TensorType::MXFP4: return {Scale32, 4, 0, 12, 24, false, ValueTable::Mxfp4, 0};
    case TensorType::F32:
    case TensorType::F16:
    case TensorType::BF16: break;
    }
    return {Scale32, 8, 0, 0, 255, true, ValueTable::None, 0};
}

} // namespace lemma::kernels::cpu
