// Typed access to metadata, and look-up by name.
#include "engine/gguf/gguf_file.h"

#include <cstring>
#include <limits>
#include <type_traits>

#include <fmt/format.h>

namespace lemma::engine {
namespace {

template <class T>
T elementAs(std::span<const std::byte> bytes, std::uint64_t i)
{
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    return value;
}

// Calls `use` with element i in its own type.
template <class Use>
auto withElement(const GgufArray& array, std::uint64_t i, Use use)
{
    switch (array.elementType) {
    case GgufValueType::Int8: return use(elementAs<std::int8_t>(array.bytes, i));
    case GgufValueType::Uint16: return use(elementAs<std::uint16_t>(array.bytes, i));
    case GgufValueType::Int16: return use(elementAs<std::int16_t>(array.bytes, i));
    case GgufValueType::Uint32: return use(elementAs<std::uint32_t>(array.bytes, i));
    case GgufValueType::Int32: return use(elementAs<std::int32_t>(array.bytes, i));
    case GgufValueType::Float32: return use(elementAs<float>(array.bytes, i));
    case GgufValueType::Uint64: return use(elementAs<std::uint64_t>(array.bytes, i));
    case GgufValueType::Int64: return use(elementAs<std::int64_t>(array.bytes, i));
    case GgufValueType::Float64: return use(elementAs<double>(array.bytes, i));
    default: return use(elementAs<std::uint8_t>(array.bytes, i)); // Uint8 and Bool
    }
}

} // namespace

double GgufArray::number(std::uint64_t i) const
{
    return withElement(*this, i, [](auto value) { return static_cast<double>(value); });
}

std::int64_t GgufArray::integer(std::uint64_t i) const
{
    return withElement(*this, i, [](auto value) -> std::int64_t {
        if constexpr (std::is_floating_point_v<decltype(value)>) {
            // Casting a float outside of the range, or NaN, is undefined.
            return value >= -9.2e18 && value <= 9.2e18 ? static_cast<std::int64_t>(value) : 0;
        } else {
            return static_cast<std::int64_t>(value);
        }
    });
}

std::uint64_t GgufFile::fileSize() const { return m_fileSize; }

const GgufValue* GgufFile::find(std::string_view key) const
{
    const auto found = m_metadataIndex.find(key);
    return found == m_metadataIndex.end() ? nullptr : &m_metadata[found->second].second;
}

const TensorInfo* GgufFile::findTensor(std::string_view name) const
{
    const auto found = m_tensorIndex.find(name);
    return found == m_tensorIndex.end() ? nullptr : &m_tensors[found->second];
}

std::optional<std::int64_t> GgufFile::integer(std::string_view key) const
{
    const GgufValue* value = find(key);
    if (!value)
        return std::nullopt;
    if (const auto* number = std::get_if<std::int64_t>(&value->value))
        return *number;
    const auto* number = std::get_if<std::uint64_t>(&value->value);
    if (!number || *number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

std::optional<double> GgufFile::number(std::string_view key) const
{
    const GgufValue* value = find(key);
    if (!value)
        return std::nullopt;
    if (const auto* number = std::get_if<double>(&value->value))
        return *number;
    if (const auto* number = std::get_if<std::int64_t>(&value->value))
        return static_cast<double>(*number);
    if (const auto* number = std::get_if<std::uint64_t>(&value->value))
        return static_cast<double>(*number);
    return std::nullopt;
}

std::optional<bool> GgufFile::boolean(std::string_view key) const
{
    const GgufValue* value = find(key);
    const bool* flag = value ? std::get_if<bool>(&value->value) : nullptr;
    return flag ? std::optional<bool>(*flag) : std::nullopt;
}

std::optional<std::string_view> GgufFile::string(std::string_view key) const
{
    const GgufValue* value = find(key);
    const auto* text = value ? std::get_if<std::string_view>(&value->value) : nullptr;
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

const GgufArray* GgufFile::array(std::string_view key) const
{
    const GgufValue* value = find(key);
    return value ? std::get_if<GgufArray>(&value->value) : nullptr;
}

Result<std::int64_t> GgufFile::requireInteger(std::string_view key) const
{
    if (const auto value = integer(key))
        return *value;
    return fail(ErrorCode::CorruptFile,
                fmt::format("{}: metadata key '{}' is missing or not an integer", m_path.string(), key));
}

Result<double> GgufFile::requireNumber(std::string_view key) const
{
    if (const auto value = number(key))
        return *value;
    return fail(ErrorCode::CorruptFile,
                fmt::format("{}: metadata key '{}' is missing or not a number", m_path.string(), key));
}

Result<std::string_view> GgufFile::requireString(std::string_view key) const
{
    if (const auto value = string(key))
        return *value;
    return fail(ErrorCode::CorruptFile,
                fmt::format("{}: metadata key '{}' is missing or not a string", m_path.string(), key));
}

} // namespace lemma::engine
