#include "engine/runtime/model_fingerprint.h"

#include <cstdint>
#include <span>

#include <fmt/format.h>

#include "engine/gguf/gguf_file.h"

namespace lemma::engine {
namespace {

constexpr std::size_t sampleBytes = 256;

class Fnv {
public:
    void add(std::span<const std::byte> bytes)
    {
        for (const std::byte byte : bytes)
            m_hash = (m_hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001B3u;
    }
    void add(std::uint64_t number) { add(std::as_bytes(std::span(&number, 1))); }
    std::uint64_t hash() const { return m_hash; }

private:
    std::uint64_t m_hash = 0xCBF29CE484222325u;
};

} // namespace

std::string modelFingerprint(const GgufFile& file)
{
    Fnv fnv;
    fnv.add(file.fileSize());
    for (const TensorInfo& tensor : file.tensors()) {
        fnv.add(std::as_bytes(std::span(tensor.name)));
        fnv.add(static_cast<std::uint64_t>(tensor.type));
        for (const std::int64_t length : tensor.shape)
            fnv.add(static_cast<std::uint64_t>(length));
        const std::size_t sample = std::min(sampleBytes, tensor.data.size());
        fnv.add(tensor.data.first(sample));
        fnv.add(tensor.data.last(sample));
    }
    return fmt::format("{:016x}", fnv.hash());
}

} // namespace lemma::engine
