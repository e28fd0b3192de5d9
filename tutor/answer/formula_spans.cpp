#include "tutor/answer/formula_spans.h"

#include <array>

namespace lemma::tutor {
namespace {

struct Delimiter {
    std::string_view open;
    std::string_view close;
    bool display;
};

constexpr std::array<Delimiter, 4> delimiters = {{
    {"$$", "$$", true},
    {"$", "$", false},
    {"\\(", "\\)", false},
    {"\\[", "\\]", true},
}};

// Where each delimiter was last looked for without success: a text of unclosed delimiters stays linear.
struct Search {
    std::array<std::size_t, delimiters.size()> hopelessUntil{};
};

std::size_t findClose(std::string_view text, std::size_t from, const Delimiter& delimiter)
{
    for (std::size_t i = from; i < text.size(); ++i) {
        if (text.substr(i).starts_with(delimiter.close))
            return i;
        if (!delimiter.display && text[i] == '\n' && i + 1 < text.size() && text[i + 1] == '\n')
            return std::string_view::npos;
        if (text[i] == '\\')
            ++i;
    }
    return std::string_view::npos;
}

std::size_t paragraphEnd(std::string_view text, std::size_t from)
{
    const std::size_t blank = text.find("\n\n", from);
    return blank == std::string_view::npos ? text.size() : blank;
}

} // namespace

std::vector<FormulaSpan> formulaSpans(std::string_view text)
{
    std::vector<FormulaSpan> spans;
    Search search;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t next = at + (text[at] == '\\' ? 2 : 1);
        for (std::size_t d = 0; d < delimiters.size(); ++d) {
            const Delimiter& delimiter = delimiters[d];
            if (!text.substr(at).starts_with(delimiter.open) || at < search.hopelessUntil[d])
                continue;
            const std::size_t inner = at + delimiter.open.size();
            const std::size_t close = findClose(text, inner, delimiter);
            if (close == std::string_view::npos) {
                search.hopelessUntil[d] = delimiter.display ? text.size() : paragraphEnd(text, at);
                continue;
            }
            next = close + delimiter.close.size();
            spans.push_back({{at, next}, {inner, close}});
            break;
        }
        at = next;
    }
    return spans;
}

std::size_t afterGroup(std::string_view text, std::size_t open)
{
    std::size_t depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '{')
            ++depth;
        else if (text[i] == '}' && --depth == 0)
            return i + 1;
    }
    return std::string_view::npos;
}

} // namespace lemma::tutor
