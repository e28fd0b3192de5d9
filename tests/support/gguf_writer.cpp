#include "tests/support/gguf_writer.h"

#include <fstream>

namespace lemma::tests {

using engine::GgufValueType;

void appendString(std::vector<std::byte>& out, std::string_view text)
{
    appendNumber<std::uint64_t>(out, text.size());
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    out.insert(out.end(), bytes, bytes + text.size());
}

void writeFile(const std::filesystem::path& path, std::span<const std::byte> bytes)
{
    std::ofstream out(path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

GgufWriter& GgufWriter::value(std::string_view key, GgufValueType type, std::span<const std::byte> bytes)
{
    m_values.push_back({std::string(key), type, {bytes.begin(), bytes.end()}});
    return *this;
}

GgufWriter& GgufWriter::string(std::string_view key, std::string_view text)
{
    std::vector<std::byte> bytes;
    appendString(bytes, text);
    return value(key, GgufValueType::String, bytes);
}

GgufWriter& GgufWriter::integer(std::string_view key, std::uint32_t number)
{
    std::vector<std::byte> bytes;
    appendNumber(bytes, number);
    return value(key, GgufValueType::Uint32, bytes);
}

GgufWriter& GgufWriter::number(std::string_view key, float number)
{
    std::vector<std::byte> bytes;
    appendNumber(bytes, number);
    return value(key, GgufValueType::Float32, bytes);
}

GgufWriter& GgufWriter::boolean(std::string_view key, bool flag)
{
    const std::byte byte{static_cast<unsigned char>(flag ? 1 : 0)};
    return value(key, GgufValueType::Bool, {&byte, 1});
}

GgufWriter& GgufWriter::strings(std::string_view key, const std::vector<std::string>& values)
{
    std::vector<std::byte> bytes;
    appendNumber(bytes, static_cast<std::uint32_t>(GgufValueType::String));
    appendNumber<std::uint64_t>(bytes, values.size());
    for (const std::string& text : values)
        appendString(bytes, text);
    return value(key, GgufValueType::Array, bytes);
}

GgufWriter& GgufWriter::integers(std::string_view key, const std::vector<std::int32_t>& values)
{
    std::vector<std::byte> bytes;
    appendNumber(bytes, static_cast<std::uint32_t>(GgufValueType::Int32));
    appendNumber<std::uint64_t>(bytes, values.size());
    for (const std::int32_t number : values)
        appendNumber(bytes, number);
    return value(key, GgufValueType::Array, bytes);
}

GgufWriter& GgufWriter::tensor(std::string_view name, kernels::TensorType type, std::vector<std::uint64_t> shape,
                               std::span<const std::byte> data)
{
    m_tensors.push_back({std::string(name), type, std::move(shape), {data.begin(), data.end()}});
    return *this;
}

void GgufWriter::remove(std::string_view name)
{
    std::erase_if(m_values, [&](const Value& value) { return value.key == name; });
    std::erase_if(m_tensors, [&](const Tensor& tensor) { return tensor.name == name; });
}

std::vector<std::string> GgufWriter::keys() const
{
    std::vector<std::string> keys;
    for (const Value& value : m_values)
        keys.push_back(value.key);
    return keys;
}

std::vector<std::string> GgufWriter::tensorNames() const
{
    std::vector<std::string> names;
    for (const Tensor& tensor : m_tensors)
        names.push_back(tensor.name);
    return names;
}

std::vector<std::byte> GgufWriter::bytes()
{
    m_offsets.clear();
    std::vector<std::byte> out;
    for (const char c : std::string_view("GGUF"))
        out.push_back(static_cast<std::byte>(c));
    appendNumber(out, version);
    appendNumber<std::uint64_t>(out, m_tensors.size());
    appendNumber<std::uint64_t>(out, m_values.size());
    for (const Value& entry : m_values) {
        m_offsets[entry.key] = out.size();
        appendString(out, entry.key);
        appendNumber(out, static_cast<std::uint32_t>(entry.type));
        out.insert(out.end(), entry.bytes.begin(), entry.bytes.end());
    }
    const auto padded = [this](std::size_t size) { return (size + alignment - 1) / alignment * alignment; };
    std::uint64_t dataOffset = 0;
    for (const Tensor& tensor : m_tensors) {
        m_offsets[tensor.name] = out.size();
        appendString(out, tensor.name);
        appendNumber(out, static_cast<std::uint32_t>(tensor.shape.size()));
        for (const std::uint64_t extent : tensor.shape)
            appendNumber(out, extent);
        appendNumber(out, static_cast<std::uint32_t>(tensor.type));
        appendNumber(out, dataOffset);
        dataOffset += padded(tensor.data.size());
    }
    out.resize(padded(out.size()));
    m_dataOffset = out.size();
    for (const Tensor& tensor : m_tensors) {
        out.insert(out.end(), tensor.data.begin(), tensor.data.end());
        out.resize(m_dataOffset + padded(out.size() - m_dataOffset));
    }
    return out;
}

} // namespace lemma::tests
