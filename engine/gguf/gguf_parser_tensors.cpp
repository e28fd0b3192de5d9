// The tensor table, and where each tensor's bytes lie.
#include "engine/gguf/gguf_parser.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "engine/base/utf8.h"
#include "engine/gguf/foreign_types.h"

namespace lemma::engine {
namespace {

constexpr std::uint32_t mostDimensions = 4;

} // namespace

Result<GgufParser::Entry> GgufParser::readTensorEntry()
{
    Entry entry;
    entry.tableOffset = m_cursor.offset();
    LEMMA_TRY(entry.info.name, needString("a tensor name"));
    if (entry.info.name.empty())
        return corrupt(entry.tableOffset, "a tensor has an empty name");
    if (utf8Sanitized(entry.info.name) != entry.info.name)
        return corrupt(entry.tableOffset, "a tensor name is not UTF-8");
    LEMMA_CHECK(readTensorShape(entry));
    const std::uint64_t typeOffset = m_cursor.offset();
    LEMMA_TRY(const std::uint32_t typeNumber, need<std::uint32_t>("a tensor type"));
    const kernels::TensorTypeInfo* type = kernels::findTensorType(typeNumber);
    if (!type)
        return unsupported(typeOffset,
                           fmt::format("tensor '{}' has {}", entry.info.name, describeForeignTensorType(typeNumber)));
    entry.info.type = type->type;
    LEMMA_TRY(entry.dataOffset, need<std::uint64_t>("a tensor's offset"));

    if (entry.info.columns() % type->weightsPerBlock != 0)
        return corrupt(entry.tableOffset,
                       fmt::format("tensor '{}' has rows of {} values, not a multiple of {} ({})", entry.info.name,
                                   entry.info.columns(), type->weightsPerBlock, type->name));
    const std::int64_t blocks = entry.info.elementCount() / type->weightsPerBlock;
    if (__builtin_mul_overflow(static_cast<std::uint64_t>(blocks), static_cast<std::uint64_t>(type->bytesPerBlock),
                               &entry.size))
        return corrupt(entry.tableOffset, fmt::format("tensor '{}' is larger than any file", entry.info.name));
    return entry;
}

Result<void> GgufParser::readTensorShape(Entry& entry)
{
    const std::uint64_t start = m_cursor.offset();
    LEMMA_TRY(const std::uint32_t dimensions, need<std::uint32_t>("a tensor's number of dimensions"));
    if (dimensions == 0 || dimensions > mostDimensions)
        return corrupt(start, fmt::format("tensor '{}' has {} dimensions (1 to {} are allowed)", entry.info.name,
                                          dimensions, mostDimensions));
    entry.info.dimensions = static_cast<int>(dimensions);
    std::int64_t elements = 1;
    for (std::uint32_t i = 0; i < dimensions; ++i) {
        LEMMA_TRY(const std::uint64_t extent, need<std::uint64_t>("a tensor's dimensions"));
        if (extent == 0 || extent > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return corrupt(start, fmt::format("dimension {} of tensor '{}' is {}", i, entry.info.name, extent));
        entry.info.shape[i] = static_cast<std::int64_t>(extent);
        if (__builtin_mul_overflow(elements, entry.info.shape[i], &elements))
            return corrupt(start, fmt::format("tensor '{}' has more elements than any file", entry.info.name));
    }
    return {};
}

Result<void> GgufParser::placeTensors()
{
    const std::uint64_t dataStart = (m_cursor.offset() + m_alignment - 1) / m_alignment * m_alignment;
    if (!m_entries.empty() && dataStart > m_bytes.size())
        return corrupt(m_cursor.offset(), "the file ends before its tensor data");
    const std::uint64_t available = m_entries.empty() ? 0 : m_bytes.size() - dataStart;
    for (Entry& entry : m_entries) {
        const std::string_view name = entry.info.name;
        if (entry.dataOffset % m_alignment != 0)
            return corrupt(entry.tableOffset, fmt::format("tensor '{}' lies at offset {}, not a multiple of {}", name,
                                                          entry.dataOffset, m_alignment));
        if (entry.dataOffset > available || entry.size > available - entry.dataOffset)
            return corrupt(entry.tableOffset,
                           fmt::format("tensor '{}' ({} bytes at offset {} of the data) reaches past the end of the "
                                       "file; the file is cut off or damaged",
                                       name, entry.size, entry.dataOffset));
        entry.info.data = m_bytes.subspan(dataStart + entry.dataOffset, entry.size);
    }
    LEMMA_CHECK(checkOverlap());
    m_part.tensors.reserve(m_entries.size());
    for (const Entry& entry : m_entries)
        m_part.tensors.push_back(entry.info);
    return {};
}

Result<void> GgufParser::checkOverlap() const
{
    std::vector<const Entry*> byOffset;
    byOffset.reserve(m_entries.size());
    for (const Entry& entry : m_entries)
        byOffset.push_back(&entry);
    std::ranges::sort(byOffset, {}, &Entry::dataOffset);
    for (std::size_t i = 1; i < byOffset.size(); ++i) {
        const Entry& former = *byOffset[i - 1];
        if (former.dataOffset + former.size > byOffset[i]->dataOffset)
            return corrupt(byOffset[i]->tableOffset,
                           fmt::format("tensors '{}' and '{}' overlap", former.info.name, byOffset[i]->info.name));
    }
    return {};
}

} // namespace lemma::engine
