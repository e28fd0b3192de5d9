#pragma once
// Writes GGUF files in memory, valid ones and (with the raw functions) broken ones.
//
//     GgufWriter writer;
//     writer.string("general.architecture", "llama").integer("llama.block_count", 2);
//     writer.tensor("output_norm.weight", TensorType::F32, {256}, bytes);
//     std::vector<std::byte> file = writer.bytes();
//     std::size_t place = writer.offsetOf("llama.block_count");   // of the entry in the file, to break it

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gguf/gguf_file.h"

namespace lemma::tests {

class GgufWriter {
public:
    std::uint32_t version = 3;
    std::uint64_t alignment = 32; // as used; write the key general.alignment to tell the reader

    GgufWriter& string(std::string_view key, std::string_view value);
    GgufWriter& integer(std::string_view key, std::uint32_t value);
    GgufWriter& number(std::string_view key, float value);
    GgufWriter& boolean(std::string_view key, bool value);
    GgufWriter& strings(std::string_view key, const std::vector<std::string>& values);
    GgufWriter& integers(std::string_view key, const std::vector<std::int32_t>& values);
    // A value of any type whose bytes the caller has made.
    GgufWriter& value(std::string_view key, engine::GgufValueType type, std::span<const std::byte> bytes);

    // `data` must have the size that type and shape ask for, unless the file is meant to be broken.
    GgufWriter& tensor(std::string_view name, kernels::TensorType type, std::vector<std::uint64_t> shape,
                       std::span<const std::byte> data);

    // Takes the metadata key or tensor of this name out again.
    void remove(std::string_view name);
    std::vector<std::string> keys() const;
    std::vector<std::string> tensorNames() const;

    // The whole file. Also fixes the offsets below.
    std::vector<std::byte> bytes();
    // Byte offset of the entry of a metadata key or tensor in the last bytes(): its name's length comes first.
    std::size_t offsetOf(std::string_view name) const { return m_offsets.at(std::string(name)); }
    std::size_t dataOffset() const { return m_dataOffset; }

private:
    struct Value {
        std::string key;
        engine::GgufValueType type;
        std::vector<std::byte> bytes;
    };
    struct Tensor {
        std::string name;
        kernels::TensorType type;
        std::vector<std::uint64_t> shape;
        std::vector<std::byte> data;
    };
    std::vector<Value> m_values;
    std::vector<Tensor> m_tensors;
    std::map<std::string, std::size_t> m_offsets;
    std::size_t m_dataOffset = 0;
};

// Appends the bytes of a number, little-endian.
template <class T>
void appendNumber(std::vector<std::byte>& out, T value)
{
    const std::size_t start = out.size();
    out.resize(start + sizeof(T));
    std::memcpy(out.data() + start, &value, sizeof(T));
}
void appendString(std::vector<std::byte>& out, std::string_view text); // length and bytes, as GGUF has them

void writeFile(const std::filesystem::path& path, std::span<const std::byte> bytes);

} // namespace lemma::tests
