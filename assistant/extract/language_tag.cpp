#include "assistant/extract/language_tag.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "assistant/extract/lines.h"

namespace lemma::assistant {
namespace {

struct Alias {
    std::string_view tag;
    std::string_view language;
};

constexpr std::array aliases{
    Alias{"py", "python"},
    Alias{"py3", "python"},
    Alias{"python3", "python"},
    Alias{"python2", "python"},
    Alias{"ipython", "python"},
    Alias{"c++", "cpp"},
    Alias{"cxx", "cpp"},
    Alias{"cc", "cpp"},
    Alias{"c++11", "cpp"},
    Alias{"c++14", "cpp"},
    Alias{"c++17", "cpp"},
    Alias{"c++20", "cpp"},
    Alias{"c++23", "cpp"},
    Alias{"cpp17", "cpp"},
    Alias{"cpp20", "cpp"},
    Alias{"hpp", "cpp"},
    Alias{"h", "c"},
    Alias{"c11", "c"},
    Alias{"c17", "c"},
    Alias{"c99", "c"},
    Alias{"js", "javascript"},
    Alias{"node", "javascript"},
    Alias{"nodejs", "javascript"},
    Alias{"mjs", "javascript"},
    Alias{"ts", "typescript"},
    Alias{"rs", "rust"},
    Alias{"golang", "go"},
    Alias{"sh", "bash"},
    Alias{"shell", "bash"},
    Alias{"zsh", "bash"},
    Alias{"console", "text"},
    Alias{"terminal", "text"},
    Alias{"shell-session", "text"},
    Alias{"output", "text"},
    Alias{"txt", "text"},
    Alias{"plaintext", "text"},
    Alias{"plain", "text"},
    Alias{"none", "text"},
    Alias{"pycon", "text"},
    Alias{"traceback", "text"},
    Alias{"md", "markdown"},
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool anyLineStartsWith(std::string_view source, std::initializer_list<std::string_view> starts)
{
    for (const std::string_view line : splitLines(source)) {
        if (std::ranges::any_of(starts, [line](std::string_view start) { return line.starts_with(start); }))
            return true;
    }
    return false;
}

} // namespace

std::string languageOfTag(std::string_view tag)
{
    std::string name{tag};
    std::erase_if(name, [](char c) { return c == '{' || c == '}'; });
    if (name.starts_with('.'))
        name.erase(0, 1);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto found = std::ranges::find(aliases, std::string_view(name), &Alias::tag);
    return found == aliases.end() ? name : std::string(found->language);
}

std::string guessedLanguage(std::string_view source)
{
    if (source.starts_with("#!"))
        return contains(source.substr(0, source.find('\n')), "python") ? "python" : "bash";
    if (contains(source, "#include")) {
        const bool isCpp = contains(source, "std::") || contains(source, "using namespace") ||
                           contains(source, "<iostream>") || contains(source, "<vector>") ||
                           contains(source, "template");
        return isCpp ? "cpp" : "c";
    }
    if (anyLineStartsWith(source, {"public class ", "import java."}))
        return "java";
    if (anyLineStartsWith(source, {"package main", "func "}))
        return "go";
    if (anyLineStartsWith(source, {"fn ", "use std::", "pub fn ", "impl "}))
        return "rust";
    if (anyLineStartsWith(source, {"def ", "class ", "import ", "from ", "async def ", "@", "print(", "if __name__"}) &&
        !contains(source, "{\n"))
        return "python";
    if (anyLineStartsWith(source, {"function ", "const ", "let ", "console.log(", "async function "}))
        return "javascript";
    return {};
}

} // namespace lemma::assistant
