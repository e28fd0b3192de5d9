#include "app/cli/text_file.h"

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
    std::ostringstream text;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::NotFound, fmt::format("{} cannot be opened", path));
    text << file.rdbuf();
    if (file.bad() || (text.fail() && file.peek() != std::ifstream::traits_type::eof()))
        return fail(ErrorCode::Io, fmt::format("{} cannot be read", path));
    return text.str();
}

} // namespace lemma::app
