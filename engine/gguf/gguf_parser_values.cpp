// The values of metadata: numbers, strings, and arrays of either, nested or not.
#include "engine/gguf/gguf_parser.h"

#include <algorithm>

#include <fmt/format.h>

namespace lemma::engine {
namespace {

// Arrays of arrays occur in no known model; the limit keeps a hostile file from exhausting the stack.
constexpr int deepestArray = 4;

std::uint64_t bytesOf(GgufValueType type)
{
    switch (type) {
    case GgufValueType::Uint8:
    case GgufValueType::Int8:
    case GgufValueType::Bool: return 1;
    case GgufValueType::Uint16:
    case GgufValueType::Int16: return 2;
    case GgufValueType::Uint32:
    case GgufValueType::Int32:
    case GgufValueType::Float32: return 4;
    case GgufValueType::Uint64:
    case GgufValueType::Int64:
    case GgufValueType::Float64:
    case GgufValueType::String: return 8; // of a string: the length at least
    case GgufValueType::Array: return 12; // element type and count at least
    }
    return 8;
}

template <class Stored, class T>
Result<GgufValue> valueOf(GgufValueType type, Result<T> number)
{
    LEMMA_TRY(const T value, std::move(number));
    return GgufValue{type, static_cast<Stored>(value)};
}

} // namespace

Result<GgufValue> GgufParser::readValue(GgufValueType type)
{
    const char* what = "a metadata value";
    switch (type) {
    case GgufValueType::Uint8: return valueOf<std::uint64_t>(type, need<std::uint8_t>(what));
    case GgufValueType::Uint16: return valueOf<std::uint64_t>(type, need<std::uint16_t>(what));
    case GgufValueType::Uint32: return valueOf<std::uint64_t>(type, need<std::uint32_t>(what));
    case GgufValueType::Uint64: return valueOf<std::uint64_t>(type, need<std::uint64_t>(what));
    case GgufValueType::Int8: return valueOf<std::int64_t>(type, need<std::int8_t>(what));
    case GgufValueType::Int16: return valueOf<std::int64_t>(type, need<std::int16_t>(what));
    case GgufValueType::Int32: return valueOf<std::int64_t>(type, need<std::int32_t>(what));
    case GgufValueType::Int64: return valueOf<std::int64_t>(type, need<std::int64_t>(what));
    case GgufValueType::Float32: return valueOf<double>(type, need<float>(what));
    case GgufValueType::Float64: return valueOf<double>(type, need<double>(what));
    case GgufValueType::Bool: {
        const std::uint64_t start = m_cursor.offset();
        LEMMA_TRY(const std::uint8_t flag, need<std::uint8_t>(what));
        if (flag > 1)
            return corrupt(start, fmt::format("a boolean is {} (0 or 1 is needed)", flag));
        return GgufValue{type, flag == 1};
    }
    case GgufValueType::String: {
        LEMMA_TRY(const std::string_view text, needString(what));
        return GgufValue{type, text};
    }
    case GgufValueType::Array: {
        LEMMA_TRY(GgufArray array, readArray(1));
        return GgufValue{type, std::move(array)};
    }
    }
    return corrupt(m_cursor.offset(), "unknown metadata type"); // the caller has checked the range
}

Result<GgufArray> GgufParser::readArray(int depth)
{
    const std::uint64_t start = m_cursor.offset();
    if (depth > deepestArray)
        return corrupt(start, fmt::format("arrays are nested deeper than {}", deepestArray));
    LEMMA_TRY(const std::uint32_t type, need<std::uint32_t>("the element type of an array"));
    if (type > static_cast<std::uint32_t>(GgufValueType::Float64))
        return corrupt(start, fmt::format("an array has unknown element type {}", type));
    GgufArray array;
    array.elementType = static_cast<GgufValueType>(type);
    LEMMA_TRY(array.count, need<std::uint64_t>("the length of an array"));
    const std::uint64_t elementBytes = bytesOf(array.elementType);
    if (array.count > m_cursor.remaining() / elementBytes)
        return corrupt(start, fmt::format("an array of {} elements cannot fit in the {} bytes that follow", array.count,
                                          m_cursor.remaining()));
    if (array.elementType == GgufValueType::String) {
        array.strings.reserve(array.count);
        for (std::uint64_t i = 0; i < array.count; ++i) {
            LEMMA_TRY(const std::string_view text, needString("a string of an array"));
            array.strings.push_back(text);
        }
        return array;
    }
    if (array.elementType == GgufValueType::Array) {
        for (std::uint64_t i = 0; i < array.count; ++i) {
            LEMMA_TRY(GgufArray element, readArray(depth + 1));
            array.arrays.push_back(std::move(element));
        }
        return array;
    }
    array.bytes = *m_cursor.take(array.count * elementBytes); // it fits: checked above
    if (array.elementType == GgufValueType::Bool &&
        std::ranges::any_of(array.bytes, [](std::byte b) { return b > std::byte{1}; }))
        return corrupt(start, "an array of booleans holds something else than 0 and 1");
    return array;
}

} // namespace lemma::engine
