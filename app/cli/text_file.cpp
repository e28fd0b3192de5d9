#include "app/cli/text_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "app/cli/line_reader.h"

namespace lemma::app {

using namespace lemma::engine;

Result<std::string> readTextFile(const std::string& path)
{
    if (path == "-")
        return readStandardInput();
    std::error_code error;
    if (!std::filesystem::exists(path, error) || std::filesystem::is_directory(path, error))
        return fail(ErrorCode::NotFound, "there is no file " + path);
    std::ostringstream text;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::Io, fmt::format("{} cannot be opened", path));
    text << file.rdbuf();
    if (file.bad() || (text.fail() && file.peek() != std::ifstream::traits_type::eof()))
        return fail(ErrorCode::Io, fmt::format("{} cannot be read", path));
    return text.str();
}

} // namespace lemma::app
