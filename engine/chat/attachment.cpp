#include "engine/chat/attachment.h"

#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "engine/base/utf8.h"

namespace lemma::engine {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

// Of the first byte that no text has; npos where it is text.
std::size_t firstBinary(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size();) {
        const DecodedCharacter decoded = utf8Decode(bytes, i);
        if (!decoded.valid || decoded.codePoint == 0)
            return i;
        i += decoded.length;
    }
    return std::string_view::npos;
}

} // namespace

Result<Attachment> readAttachment(const std::filesystem::path& path, std::uintmax_t mostBytes)
{
    const std::string name = path.filename().string();
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return fail(ErrorCode::NotFound, fmt::format("{}: there is no such file", path.string()));
    if (!std::filesystem::is_regular_file(path, error))
        return fail(ErrorCode::Unsupported, fmt::format("{}: not a file", path.string()));
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error)
        return fail(ErrorCode::Io, fmt::format("{}: {}", path.string(), error.message()));
    if (size > mostBytes)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{}: {} bytes are too large to attach; at most {}", path.string(), size, mostBytes));
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file && !file.eof())
        return fail(ErrorCode::Io, fmt::format("{}: cannot be read", path.string()));
    if (const std::size_t place = firstBinary(text); place != std::string::npos)
        return fail(ErrorCode::Unsupported, fmt::format("{}: not a text file: byte {} ({:#04x}) is no UTF-8 text",
                                                        path.string(), place, static_cast<unsigned char>(text[place])));
    if (text.starts_with(byteOrderMark))
        text.erase(0, byteOrderMark.size());
    return Attachment{name, std::move(text)};
}

std::string withAttachments(std::string_view question, const std::vector<Attachment>& files)
{
    std::string message;
    for (const Attachment& file : files)
        message += fmt::format("[file name]: {}\n[file content begin]\n{}{}[file content end]\n", file.name, file.text,
                               file.text.ends_with('\n') ? "" : "\n");
    return message.append(question);
}

} // namespace lemma::engine
