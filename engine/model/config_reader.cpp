#include "engine/model/config_reader.h"

#include <fmt/format.h>

namespace lemma::engine {
namespace {

// Some converters write one number a block where all are the same.
std::optional<std::int64_t> uniformInteger(const GgufArray& array)
{
    const bool numbers = array.elementType != GgufValueType::String && array.elementType != GgufValueType::Array &&
                         array.elementType != GgufValueType::Float32 && array.elementType != GgufValueType::Float64;
    if (!numbers || array.count == 0)
        return std::nullopt;
    for (std::uint64_t i = 1; i < array.count; ++i) {
        if (array.integer(i) != array.integer(0))
            return std::nullopt;
    }
    return array.integer(0);
}

} // namespace

Result<int> ConfigReader::integer(std::string_view name, int least, int most, std::optional<int> otherwise) const
{
    const std::string fullKey = key(name);
    if (otherwise && !m_file.find(fullKey))
        return *otherwise;
    std::optional<std::int64_t> value = m_file.integer(fullKey);
    if (const GgufArray* array = m_file.array(fullKey)) {
        value = uniformInteger(*array);
        if (!value)
            return unsupported(fmt::format("'{}' differs from block to block", fullKey));
    }
    if (!value)
        return corrupt(fmt::format("metadata key '{}' is missing or not an integer", fullKey));
    if (*value < least || *value > most)
        return corrupt(fmt::format("'{}' is {} (expected {} to {})", fullKey, *value, least, most));
    return static_cast<int>(*value);
}

Result<float> ConfigReader::number(std::string_view name, double least, double most,
                                   std::optional<float> otherwise) const
{
    const std::string fullKey = key(name);
    if (otherwise && !m_file.find(fullKey))
        return *otherwise;
    const std::optional<double> value = m_file.number(fullKey);
    if (!value)
        return corrupt(fmt::format("metadata key '{}' is missing or not a number", fullKey));
    if (!(*value >= least && *value <= most)) // a NaN as well
        return corrupt(fmt::format("'{}' is {} (expected {} to {})", fullKey, *value, least, most));
    return static_cast<float>(*value);
}

Result<bool> ConfigReader::boolean(std::string_view name, bool otherwise) const
{
    const std::string fullKey = key(name);
    if (!m_file.find(fullKey))
        return otherwise;
    if (const std::optional<bool> value = m_file.boolean(fullKey))
        return *value;
    return corrupt(fmt::format("metadata key '{}' is not a boolean", fullKey));
}

tl::unexpected<Error> ConfigReader::corrupt(std::string_view reason) const
{
    return fail(ErrorCode::CorruptFile, fmt::format("{}: {}", m_file.path().string(), reason));
}

tl::unexpected<Error> ConfigReader::unsupported(std::string_view reason) const
{
    return fail(ErrorCode::Unsupported, fmt::format("{}: {}", m_file.path().string(), reason));
}

} // namespace lemma::engine
