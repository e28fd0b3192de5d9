#include "engine/gguf/gguf_parser.h"

#include <bit>
#include <unordered_set>

#include <fmt/format.h>

#include "engine/base/utf8.h"

namespace lemma::engine {
namespace {

// The smallest encodings: a key of one byte with a one-byte value, a tensor with a one-byte name and one dimension. A
// count that cannot fit in the remaining bytes is refused before anything is allocated for it.
constexpr std::uint64_t smallestMetadata = 8 + 1 + 4 + 1;
constexpr std::uint64_t smallestTensorEntry = 8 + 1 + 4 + 8 + 4 + 8;
constexpr std::uint64_t longestKey = 65535;         // by the specification
constexpr std::uint64_t largestAlignment = 1 << 20; // far above any in use; keeps the sums below small

bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const DecodedCharacter character = utf8Decode(text, i);
        if (!character.valid)
            return false;
        i += character.length;
    }
    return true;
}

} // namespace

tl::unexpected<Error> GgufParser::corrupt(std::uint64_t offset, const std::string& reason) const
{
    return fail(ErrorCode::CorruptFile, fmt::format("{}: at byte {}: {}", m_name, offset, reason));
}

tl::unexpected<Error> GgufParser::unsupported(std::uint64_t offset, const std::string& reason) const
{
    return fail(ErrorCode::Unsupported, fmt::format("{}: at byte {}: {}", m_name, offset, reason));
}

Result<std::string_view> GgufParser::needString(const char* what)
{
    const std::uint64_t start = m_cursor.offset();
    if (const std::optional<std::string_view> text = m_cursor.string())
        return *text;
    return corrupt(start, fmt::format("{} is longer than the rest of the file", what));
}

Result<GgufPart> GgufParser::parse(std::span<const std::byte> bytes, const std::string& name)
{
    GgufParser parser(bytes, name);
    LEMMA_CHECK(parser.readHeader());
    LEMMA_CHECK(parser.readMetadata());
    LEMMA_CHECK(parser.readTensorTable());
    LEMMA_CHECK(parser.placeTensors());
    return std::move(parser.m_part);
}

Result<void> GgufParser::readHeader()
{
    LEMMA_TRY(const std::uint32_t magic, need<std::uint32_t>("the magic number"));
    if (magic != 0x46554747) // "GGUF"
        return corrupt(0, "this is not a GGUF file (it does not begin with \"GGUF\")");
    LEMMA_TRY(const std::uint32_t version, need<std::uint32_t>("the version"));
    if ((version & 0xFFFF) == 0 && version != 0)
        return unsupported(4, "the file is big-endian; only little-endian GGUF is supported");
    if (version != 2 && version != 3)
        return unsupported(4, fmt::format("GGUF version {} is not supported (only 2 and 3 are)", version));
    m_part.version = version;
    LEMMA_TRY(m_tensorCount, need<std::uint64_t>("the tensor count"));
    LEMMA_TRY(m_metadataCount, need<std::uint64_t>("the metadata count"));
    return {};
}

Result<void> GgufParser::readMetadata()
{
    if (m_metadataCount > m_cursor.remaining() / smallestMetadata)
        return corrupt(16, fmt::format("{} metadata entries cannot fit in the {} bytes that follow", m_metadataCount,
                                       m_cursor.remaining()));
    std::unordered_set<std::string_view> seen;
    for (std::uint64_t i = 0; i < m_metadataCount; ++i) {
        const std::uint64_t start = m_cursor.offset();
        LEMMA_TRY(const std::string_view key, needString("a metadata key"));
        if (key.empty() || key.size() > longestKey)
            return corrupt(start,
                           fmt::format("a metadata key has {} bytes (1 to {} are allowed)", key.size(), longestKey));
        if (!isUtf8(key))
            return corrupt(start, "a metadata key is not UTF-8");
        if (!seen.insert(key).second)
            return corrupt(start, fmt::format("metadata key '{}' occurs twice", key));
        LEMMA_TRY(const std::uint32_t type, need<std::uint32_t>("the type of a metadata value"));
        if (type > static_cast<std::uint32_t>(GgufValueType::Float64))
            return corrupt(start, fmt::format("metadata key '{}' has unknown type {}", key, type));
        LEMMA_TRY(GgufValue value, readValue(static_cast<GgufValueType>(type)));
        if (key == "general.alignment")
            LEMMA_CHECK(takeAlignment(start, value));
        m_part.metadata.emplace_back(key, std::move(value));
    }
    return {};
}

Result<void> GgufParser::takeAlignment(std::uint64_t offset, const GgufValue& value)
{
    const auto* number = std::get_if<std::uint64_t>(&value.value);
    if (!number)
        return corrupt(offset, "general.alignment is not an unsigned integer");
    if (!std::has_single_bit(*number) || *number < 8 || *number > largestAlignment)
        return corrupt(offset, fmt::format("general.alignment is {} (a power of two from 8 to {} is needed)", *number,
                                           largestAlignment));
    m_alignment = *number;
    return {};
}

Result<void> GgufParser::readTensorTable()
{
    if (m_tensorCount > m_cursor.remaining() / smallestTensorEntry)
        return corrupt(
            8, fmt::format("{} tensors cannot fit in the {} bytes that follow", m_tensorCount, m_cursor.remaining()));
    m_entries.reserve(m_tensorCount);
    for (std::uint64_t i = 0; i < m_tensorCount; ++i) {
        LEMMA_TRY(Entry entry, readTensorEntry());
        m_entries.push_back(std::move(entry));
    }
    return {};
}

} // namespace lemma::engine
