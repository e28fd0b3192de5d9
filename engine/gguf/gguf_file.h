#pragma once
// A GGUF model file (version 2 or 3, one file or a split set), memory-mapped and checked.
//
//     LEMMA_TRY(GgufFile file, GgufFile::open("model.gguf"));
//     LEMMA_TRY(std::string_view architecture, file.requireString("general.architecture"));
//     const TensorInfo* embedding = file.findTensor("token_embd.weight");
//
// open() checks every length and offset before it is used: afterwards no accessor can read outside the mapping,
// whatever the file holds. A broken file gives CorruptFile with file, byte offset and reason; an unknown tensor type or
// version gives Unsupported with its name or number. Give any part of a split set (-00001-of-0000N.gguf): the others
// are found beside it. Immutable after open(), so it may be read from several threads. Format: ggml-org/ggml,
// docs/gguf.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/base/mapped_file.h"
#include "engine/base/result.h"
#include "kernels/quant/tensor_type.h"

namespace lemma::engine {

// Element types of metadata values; the numbers are those of the file format.
enum class GgufValueType : std::uint32_t {
    Uint8 = 0,
    Int8 = 1,
    Uint16 = 2,
    Int16 = 3,
    Uint32 = 4,
    Int32 = 5,
    Float32 = 6,
    Bool = 7,
    String = 8,
    Array = 9,
    Uint64 = 10,
    Int64 = 11,
    Float64 = 12,
};

// An array of metadata. Strings point into the mapping; numbers are kept as the bytes of the file.
struct GgufArray {
    GgufValueType elementType = GgufValueType::Uint8;
    std::uint64_t count = 0;
    std::span<const std::byte> bytes; // of numbers and bools, little-endian, unaligned
    std::vector<std::string_view> strings;
    std::vector<GgufArray> arrays; // nested, as the format allows

    // Element i as a number of the wanted kind; i < count and a numeric elementType are the caller's duty.
    double number(std::uint64_t i) const;
    std::int64_t integer(std::uint64_t i) const;
};

struct GgufValue {
    GgufValueType type = GgufValueType::Uint8;
    std::variant<std::uint64_t, std::int64_t, double, bool, std::string_view, GgufArray> value;
};

struct TensorInfo {
    std::string_view name;
    kernels::TensorType type = kernels::TensorType::F32;
    // Fastest dimension first, as in the file: a matrix of a linear layer is {columns = inputs, rows = outputs}.
    std::array<std::int64_t, 4> shape{1, 1, 1, 1};
    int dimensions = 1;
    std::span<const std::byte> data;

    std::int64_t columns() const { return shape[0]; }
    std::int64_t rows() const { return shape[1] * shape[2] * shape[3]; }
    std::int64_t elementCount() const { return columns() * rows(); }
};

class GgufFile {
public:
    static Result<GgufFile> open(const std::filesystem::path& path);

    // The same checks over bytes in memory (tests, fuzzing); they must outlive the object. No split sets.
    static Result<GgufFile> parse(std::span<const std::byte> bytes, std::string name);

    std::uint32_t version() const { return m_version; }
    const std::filesystem::path& path() const { return m_path; } // of the first part
    std::uint64_t fileSize() const;                              // all parts, in bytes

    // Metadata in file order, and by key; nullptr where absent.
    const std::vector<std::pair<std::string_view, GgufValue>>& metadata() const { return m_metadata; }
    const GgufValue* find(std::string_view key) const;

    // Typed access. Any integer type serves for integers that fit; absent keys or other types give nullopt.
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<bool> boolean(std::string_view key) const;
    std::optional<std::string_view> string(std::string_view key) const;
    const GgufArray* array(std::string_view key) const;

    // The same for values that a model cannot be without: CorruptFile names file and key.
    Result<std::int64_t> requireInteger(std::string_view key) const;
    Result<double> requireNumber(std::string_view key) const;
    Result<std::string_view> requireString(std::string_view key) const;

    const std::vector<TensorInfo>& tensors() const { return m_tensors; }
    const TensorInfo* findTensor(std::string_view name) const;

private:
    friend class GgufParser;

    std::vector<MappedFile> m_parts;
    std::filesystem::path m_path;
    std::uint32_t m_version = 0;
    std::uint64_t m_fileSize = 0;
    std::vector<std::pair<std::string_view, GgufValue>> m_metadata;
    std::unordered_map<std::string_view, std::size_t> m_metadataIndex;
    std::vector<TensorInfo> m_tensors;
    std::unordered_map<std::string_view, std::size_t> m_tensorIndex;
};

} // namespace lemma::engine
