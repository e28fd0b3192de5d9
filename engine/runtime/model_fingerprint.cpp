#include "engine/runtime/model_fingerprint.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include <fmt/format.h>

#include "engine/base/fnv.h"
#include "engine/gguf/gguf_file.h"

namespace lemma::engine {
namespace {

constexpr std::size_t sampleBytes = 256;

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
