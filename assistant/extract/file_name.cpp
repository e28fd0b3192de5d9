#include "assistant/extract/file_name.h"

#include <algorithm>
#include <array>

#include "assistant/extract/lines.h"

namespace lemma::assistant {
namespace {

constexpr std::array<std::string_view, 22> extensions{"py",   "c",    "h",  "cpp", "cc",   "cxx", "hpp", "hh",
                                                      "java", "js",   "ts", "mjs", "go",   "rs",  "sh",  "bash",
                                                      "txt",  "json", "md", "csv", "toml", "html"};

bool isNameCharacter(char c)
{
    return (isWordCharacter(c) && static_cast<unsigned char>(c) < 0x80) || c == '.' || c == '-' || c == '/';
}

// The last piece of `text` that is a file name.
std::string_view lastFileName(std::string_view text)
{
    std::size_t end = text.size();
    while (end > 0) {
        while (end > 0 && !isNameCharacter(text[end - 1]))
            --end;
        std::size_t begin = end;
        while (begin > 0 && isNameCharacter(text[begin - 1]))
            --begin;
        if (const std::string_view piece = text.substr(begin, end - begin); isSafeFileName(piece))
            return piece;
        end = begin;
    }
    return {};
}

// "**src/a.py**", "File: a.py", "### `a.py`:" and "Create a.py:" name a file; a sentence that mentions one does not.
std::string_view nameOnLineBefore(std::string_view line)
{
    line = trimmed(line);
    if (line.size() > 80)
        return {};
    const std::size_t end = line.find_last_not_of("*`_:)\"' ");
    line = line.substr(0, end == std::string_view::npos ? 0 : end + 1);
    const std::string_view name = lastFileName(line);
    return line.ends_with(name) ? name : std::string_view();
}

std::string_view nameInComment(std::string_view line)
{
    line = trimmed(line);
    for (const std::string_view opener : {"//", "/*", "<!--", "#", "--"}) {
        if (!line.starts_with(opener))
            continue;
        std::string_view rest = trimmed(line.substr(opener.size()));
        for (const std::string_view closer : {"*/", "-->"}) {
            if (rest.ends_with(closer))
                rest = trimmed(rest.substr(0, rest.size() - closer.size()));
        }
        for (const std::string_view word : {"File:", "file:", "Filename:", "filename:"}) {
            if (rest.starts_with(word))
                rest = trimmed(rest.substr(word.size()));
        }
        return isSafeFileName(rest) ? rest : std::string_view();
    }
    return {};
}

} // namespace

bool isSafeFileName(std::string_view path)
{
    if (path.empty() || path.size() > 200 || path.front() == '/' || !std::ranges::all_of(path, isNameCharacter))
        return false;
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 ||
        std::ranges::find(extensions, name.substr(dot + 1)) == extensions.end())
        return false;
    for (std::string_view rest = path; !rest.empty();) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        const std::string_view part = rest.substr(0, end);
        if (part.empty() || part.front() == '.' || part.front() == '-')
            return false;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
}

std::string fileNameHint(std::string_view info, std::string_view lineBefore, std::string_view firstLine)
{
    // An unsafe name is no name: "../../x.py" must not become "x.py".
    if (info.find("..") != std::string_view::npos || lineBefore.find("../") != std::string_view::npos)
        return {};
    for (const std::string_view name : {lastFileName(info), nameOnLineBefore(lineBefore), nameInComment(firstLine)}) {
        if (!name.empty())
            return std::string(name);
    }
    return {};
}

} // namespace lemma::assistant
