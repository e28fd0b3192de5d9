#include "assistant/judge/compressed_file.h"

#include <array>
#include <memory>

#include <zlib.h>

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {
constexpr std::size_t maxBytes = std::size_t{1} << 30;
}

Result<std::string> readPossiblyCompressed(const std::filesystem::path& file)
{
    if (!std::filesystem::is_regular_file(file))
        return fail(ErrorCode::NotFound, "there is no file " + file.string());
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> in(::gzopen(file.c_str(), "rb"), ::gzclose);
    if (!in)
        return fail(ErrorCode::Io, file.string() + " cannot be opened");
    std::string text;
    std::array<char, 65536> buffer;
    int count = 0;
    while ((count = ::gzread(in.get(), buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
        if (text.size() > maxBytes)
            return fail(ErrorCode::OutOfMemory, file.string() + " holds more than 1 GiB of text");
    }
    int error = Z_OK;
    ::gzerror(in.get(), &error);
    if (count < 0 || (error != Z_OK && error != Z_STREAM_END))
        return fail(ErrorCode::CorruptFile, file.string() + " is broken: it cannot be decompressed");
    return text;
}

} // namespace lemma::assistant
