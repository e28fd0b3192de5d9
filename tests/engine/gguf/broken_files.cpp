#include "tests/engine/gguf/broken_files.h"

#include <functional>
#include <limits>

namespace lemma::tests {

using engine::ErrorCode;
using engine::GgufValueType;
using kernels::TensorType;

namespace {

constexpr std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t versionPlace = 4;
constexpr std::size_t tensorCountPlace = 8;
constexpr std::size_t metadataCountPlace = 16;

template <class T>
void overwrite(std::vector<std::byte>& bytes, std::size_t place, T value)
{
    std::memcpy(bytes.data() + place, &value, sizeof(T));
}

// Collects mutations of the sample file.
class Breaker {
public:
    Breaker() : m_valid(m_sample.bytes()) {}

    std::vector<BrokenFile> take() { return std::move(m_files); }

    void add(std::string name, std::string expected, const std::function<void(std::vector<std::byte>&)>& mutate,
             ErrorCode code = ErrorCode::CorruptFile)
    {
        std::vector<std::byte> bytes = m_valid;
        mutate(bytes);
        m_files.push_back({std::move(name), std::move(bytes), std::move(expected), code});
    }

    template <class T>
    void set(std::string name, std::size_t place, T value, std::string expected,
             ErrorCode code = ErrorCode::CorruptFile)
    {
        add(
            std::move(name), std::move(expected), [&](auto& bytes) { overwrite(bytes, place, value); }, code);
    }

    void cut(std::string name, std::size_t length, std::string expected)
    {
        add(std::move(name), std::move(expected), [&](auto& bytes) { bytes.resize(length); });
    }

    // A file of its own, made by changing the writer.
    void write(std::string name, std::string expected, const std::function<void(GgufWriter&)>& change,
               ErrorCode code = ErrorCode::CorruptFile)
    {
        GgufWriter writer = sampleWriter();
        change(writer);
        m_files.push_back({std::move(name), writer.bytes(), std::move(expected), code});
    }

    // Place of the type of a metadata entry, of its value, and of the parts of a tensor entry.
    std::size_t typeOf(std::string_view key) const { return m_sample.offsetOf(key) + 8 + key.size(); }
    std::size_t valueOf(std::string_view key) const { return typeOf(key) + 4; }
    std::size_t dimensionsOf(std::string_view name) const { return m_sample.offsetOf(name) + 8 + name.size(); }
    std::size_t extentOf(std::string_view name, std::size_t i) const { return dimensionsOf(name) + 4 + 8 * i; }
    const GgufWriter& sample() const { return m_sample; }
    std::size_t size() const { return m_valid.size(); }

private:
    GgufWriter m_sample = sampleWriter();
    std::vector<std::byte> m_valid;
    std::vector<BrokenFile> m_files;
};

void breakHeader(Breaker& b)
{
    b.cut("empty", 0, "ends inside the magic number");
    b.cut("cut-magic", 3, "ends inside the magic number");
    b.cut("cut-version", 6, "ends inside the version");
    b.cut("cut-tensor-count", 12, "ends inside the tensor count");
    b.cut("cut-metadata-count", 20, "ends inside the metadata count");
    b.set<std::uint32_t>("magic", 0, 0x55464747, "not a GGUF file");
    b.set<std::uint32_t>("magic-zero", 0, 0, "not a GGUF file");
    b.set<std::uint32_t>("version-0", versionPlace, 0, "GGUF version 0", ErrorCode::Unsupported);
    b.set<std::uint32_t>("version-1", versionPlace, 1, "GGUF version 1", ErrorCode::Unsupported);
    b.set<std::uint32_t>("version-4", versionPlace, 4, "GGUF version 4", ErrorCode::Unsupported);
    b.set<std::uint32_t>("big-endian", versionPlace, 0x03000000, "big-endian", ErrorCode::Unsupported);
    b.set("metadata-count-huge", metadataCountPlace, huge, "metadata entries cannot fit");
    b.set<std::uint64_t>("metadata-count-more", metadataCountPlace, 25, "");
    b.set<std::uint64_t>("metadata-count-less", metadataCountPlace, 3, "");
    b.set("tensor-count-huge", tensorCountPlace, huge, "tensors cannot fit");
    b.set<std::uint64_t>("tensor-count-more", tensorCountPlace, 4, "");
}

void breakMetadata(Breaker& b)
{
    const std::size_t key = b.sample().offsetOf("general.architecture");
    b.cut("cut-key-length", key + 4, "cannot fit");
    b.cut("cut-in-metadata", b.valueOf("test.strings") + 14, "");
    b.set("key-length-huge", key, huge, "a metadata key is longer than the rest");
    b.set<std::uint64_t>("key-empty", key, 0, "metadata key has 0 bytes");
    b.set<std::uint8_t>("key-not-utf8", key + 8, 0xFF, "not UTF-8");
    b.set<std::uint32_t>("value-type-13", b.typeOf("test.u8"), 13, "unknown type 13");
    b.set<std::uint32_t>("value-type-huge", b.typeOf("test.u8"), 0xFFFFFFFF, "unknown type");
    b.set("string-length-huge", b.valueOf("general.architecture"), huge, "longer than the rest");
    b.set<std::uint8_t>("bool-2", b.valueOf("test.bool"), 2, "a boolean is 2");
    b.set<std::uint32_t>("array-element-type", b.valueOf("test.strings"), 77, "unknown element type 77");
    b.set("array-count-huge", b.valueOf("test.strings") + 4, huge, "cannot fit");
    b.set<std::uint64_t>("array-count-overflow", b.valueOf("test.integers") + 4, huge / 4 + 2, "cannot fit");
    b.set("array-string-length", b.valueOf("test.strings") + 12, huge, "longer than the rest");
    b.set<std::uint8_t>("array-bool-2", b.valueOf("test.bools") + 12, 2, "booleans");
    b.write("key-twice", "'test.u8' occurs twice", [](GgufWriter& w) { w.integer("test.u8", 1); });
    b.write("array-nested-deep", "nested deeper", [](GgufWriter& w) {
        std::vector<std::byte> bytes;
        for (int i = 0; i < 50; ++i) {
            appendNumber(bytes, static_cast<std::uint32_t>(GgufValueType::Array));
            appendNumber<std::uint64_t>(bytes, 1);
        }
        w.value("test.deep", GgufValueType::Array, bytes);
    });
    b.write("alignment-0", "general.alignment is 0", [](GgufWriter& w) { w.integer("general.alignment", 0); });
    b.write("alignment-48", "general.alignment is 48", [](GgufWriter& w) { w.integer("general.alignment", 48); });
    b.write("alignment-4", "general.alignment is 4", [](GgufWriter& w) { w.integer("general.alignment", 4); });
    b.write("alignment-huge", "general.alignment is 2147483648",
            [](GgufWriter& w) { w.integer("general.alignment", 0x80000000); });
    b.write("alignment-text", "not an unsigned", [](GgufWriter& w) { w.string("general.alignment", "32"); });
    b.write("split-part", "one part of a split set of 3", [](GgufWriter& w) { w.integer("split.count", 3); });
    b.write("split-count-text", "split", [](GgufWriter& w) { w.string("split.count", "three"); });
}

void breakTensors(Breaker& b)
{
    const std::size_t entry = b.sample().offsetOf("a.weight");
    const std::size_t type = b.extentOf("a.weight", 2);
    b.cut("cut-tensor-table", entry + 30, "");
    b.cut("cut-before-data", b.sample().dataOffset() - 1, "ends before its tensor data");
    b.cut("cut-in-data", b.sample().dataOffset() + 100, "reaches past the end");
    b.cut("cut-last-tensor", b.size() - 33, "reaches past the end");
    b.set("tensor-name-huge", entry, huge, "a tensor name is longer");
    b.set<std::uint64_t>("tensor-name-empty", entry, 0, "empty name");
    b.set<std::uint8_t>("tensor-name-not-utf8", entry + 8, 0xC0, "not UTF-8");
    b.set<std::uint8_t>("tensor-name-twice", entry + 8, 'b', "'b.weight' occurs twice");
    b.set<std::uint32_t>("dimensions-0", b.dimensionsOf("a.weight"), 0, "0 dimensions");
    b.set<std::uint32_t>("dimensions-5", b.dimensionsOf("a.weight"), 5, "5 dimensions");
    b.set<std::uint64_t>("extent-0", b.extentOf("a.weight", 0), 0, "dimension 0 of tensor 'a.weight' is 0");
    b.set("extent-huge", b.extentOf("a.weight", 1), huge, "dimension 1 of tensor");
    b.set<std::uint64_t>("extent-overflow", b.extentOf("a.weight", 1), huge / 4, "more elements than any file");
    b.set<std::uint64_t>("size-overflow", b.extentOf("c.weight", 0), huge / 2, "larger than any file");
    b.set<std::uint64_t>("row-not-whole-blocks", b.extentOf("b.weight", 0), 33, "not a multiple of 32 (Q8_0)");
    b.set<std::uint64_t>("rows-too-many", b.extentOf("b.weight", 1), 1000, "reaches past the end");
    b.set<std::uint32_t>("type-unknown", type, 999, "tensor type 999 (unknown)", ErrorCode::Unsupported);
    b.set<std::uint32_t>("type-ik", type, 140, "tensor type 140 (a type of ik_llama.cpp)", ErrorCode::Unsupported);
    b.set<std::uint32_t>("type-ik-row", type, 212, "row-interleaved type of ik_llama.cpp", ErrorCode::Unsupported);
    b.set<std::uint32_t>("type-removed", type, 31, "removed from the format", ErrorCode::Unsupported);
    b.set<std::uint32_t>("type-activations", type, 15, "Q8_K", ErrorCode::Unsupported);
    b.set<std::uint64_t>("offset-misaligned", type + 4, 8, "not a multiple of 32");
    b.set<std::uint64_t>("offset-outside", type + 4, 1 << 20, "reaches past the end");
    b.set<std::uint64_t>("offset-huge", type + 4, huge - 31, "reaches past the end");
    b.set<std::uint64_t>("overlap", b.extentOf("b.weight", 2) + 4, 0, "overlap");
}

} // namespace

GgufWriter sampleWriter()
{
    GgufWriter writer;
    const auto scalar = [&](std::string_view key, GgufValueType type, auto value) {
        std::vector<std::byte> bytes;
        appendNumber(bytes, value);
        writer.value(key, type, bytes);
    };
    writer.string("general.architecture", "llama");
    scalar("test.u8", GgufValueType::Uint8, std::uint8_t{200});
    scalar("test.i8", GgufValueType::Int8, std::int8_t{-100});
    scalar("test.u16", GgufValueType::Uint16, std::uint16_t{60000});
    scalar("test.i16", GgufValueType::Int16, std::int16_t{-30000});
    scalar("test.u32", GgufValueType::Uint32, std::uint32_t{4000000000});
    scalar("test.i32", GgufValueType::Int32, std::int32_t{-2000000000});
    scalar("test.f32", GgufValueType::Float32, 0.5f);
    scalar("test.u64", GgufValueType::Uint64, huge);
    scalar("test.i64", GgufValueType::Int64, std::int64_t{-5000000000});
    scalar("test.f64", GgufValueType::Float64, 1e300);
    writer.boolean("test.bool", true);
    writer.strings("test.strings", {"a", "", "\xE2\x96\x81token"});
    writer.integers("test.integers", {1, -2, 3});
    std::vector<std::byte> bools;
    appendNumber(bools, static_cast<std::uint32_t>(GgufValueType::Bool));
    appendNumber<std::uint64_t>(bools, 2);
    bools.push_back(std::byte{1});
    bools.push_back(std::byte{0});
    writer.value("test.bools", GgufValueType::Array, bools);
    std::vector<std::byte> nested;
    appendNumber(nested, static_cast<std::uint32_t>(GgufValueType::Array));
    appendNumber<std::uint64_t>(nested, 2);
    for (const std::uint16_t value : {std::uint16_t{7}, std::uint16_t{8}}) {
        appendNumber(nested, static_cast<std::uint32_t>(GgufValueType::Uint16));
        appendNumber<std::uint64_t>(nested, 1);
        appendNumber(nested, value);
    }
    writer.value("test.nested", GgufValueType::Array, nested);

    std::vector<std::byte> data(512);
    for (std::size_t i = 0; i < data.size(); ++i)
        data[i] = static_cast<std::byte>(i * 7);
    const std::span<const std::byte> all(data);
    writer.tensor("a.weight", TensorType::F32, {8, 4}, all.first(128));
    writer.tensor("b.weight", TensorType::Q8_0, {64, 3}, all.first(204));
    writer.tensor("c.weight", TensorType::F32, {5}, all.first(20));
    return writer;
}

std::vector<BrokenFile> brokenFiles()
{
    Breaker breaker;
    breakHeader(breaker);
    breakMetadata(breaker);
    breakTensors(breaker);
    return breaker.take();
}

} // namespace lemma::tests
