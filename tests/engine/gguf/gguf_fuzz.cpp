// Any bytes: GgufFile::parse must return, and what it returns must lie inside the bytes.
#include <cstdint>
#include <cstdlib>

#include "engine/gguf/gguf_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto file = lemma::engine::GgufFile::parse(bytes, "fuzz");
    if (!file)
        return 0;
    for (const lemma::engine::TensorInfo& tensor : file->tensors()) {
        const bool inside =
            tensor.data.data() >= bytes.data() &&
            tensor.data.size() <= static_cast<std::size_t>(bytes.data() + bytes.size() - tensor.data.data());
        if (!inside)
            std::abort();
    }
    for (const auto& [key, value] : file->metadata()) {
        if (const lemma::engine::GgufArray* array = file->array(key); array && array->bytes.data() && array->count > 0)
            static_cast<void>(array->number(array->count - 1) + static_cast<double>(array->integer(0)));
    }
    return 0;
}
