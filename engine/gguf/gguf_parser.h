#pragma once
// Reads one part of a GGUF set out of checked bytes; GgufFile joins the parts. Used by gguf_file.cpp only.

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/gguf/byte_cursor.h"
#include "engine/gguf/gguf_file.h"

namespace lemma::engine {

struct GgufPart {
    std::uint32_t version = 0;
    std::vector<std::pair<std::string_view, GgufValue>> metadata;
    std::vector<TensorInfo> tensors;
};

class GgufParser {
public:
    // `name` stands in messages; the views in the result point into `bytes`.
    static Result<GgufPart> parse(std::span<const std::byte> bytes, const std::string& name);

    // Joins parts in order: metadata of the first, tensors of all; duplicates are refused.
    static Result<GgufFile> join(std::vector<GgufPart> parts, const std::vector<std::string>& names);

private:
    // A tensor's entry in the table; its bytes are found once the start of the data section is known.
    struct Entry {
        TensorInfo info;
        std::uint64_t tableOffset = 0; // of the entry in the file, for messages
        std::uint64_t dataOffset = 0;  // from the start of the data section
        std::uint64_t size = 0;
    };

    GgufParser(std::span<const std::byte> bytes, const std::string& name)
        : m_bytes(bytes), m_cursor(bytes), m_name(name)
    {
    }

    Result<void> readHeader();
    Result<void> readMetadata();
    Result<GgufValue> readValue(GgufValueType type);
    Result<GgufArray> readArray(int depth);
    Result<void> takeAlignment(std::uint64_t offset, const GgufValue& value);
    Result<void> readTensorTable();
    Result<Entry> readTensorEntry();
    Result<void> readTensorShape(Entry& entry);
    Result<void> placeTensors();
    Result<void> checkOverlap() const;

    template <class T>
    Result<T> need(const char* what)
    {
        if (const std::optional<T> value = m_cursor.read<T>())
            return *value;
        return corrupt(m_cursor.offset(), std::string("the file ends inside ") + what);
    }
    Result<std::string_view> needString(const char* what);
    tl::unexpected<Error> corrupt(std::uint64_t offset, const std::string& reason) const;
    tl::unexpected<Error> unsupported(std::uint64_t offset, const std::string& reason) const;

    std::span<const std::byte> m_bytes;
    ByteCursor m_cursor;
    const std::string& m_name;
    std::uint64_t m_tensorCount = 0;
    std::uint64_t m_metadataCount = 0;
    std::uint64_t m_alignment = 32; // where the file does not say
    std::vector<Entry> m_entries;
    GgufPart m_part;
};

} // namespace lemma::engine
