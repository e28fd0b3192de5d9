#include "engine/history/title.h"

#include "engine/base/utf8.h"

namespace lemma::engine {
namespace {

constexpr std::size_t maximumCharacters = 60;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

// Without the marks that open a heading, a quotation or a list.
std::string_view withoutMarks(std::string_view line)
{
    line = trimmed(line);
    const std::size_t begin = line.find_first_not_of("#>*+-_`= \t");
    // A line of marks only says nothing; but "-3x = 5" begins with a minus, not with a mark.
    if (begin == std::string_view::npos)
        return {};
    const bool mark = begin > 0 && (line[begin - 1] == ' ' || line[0] == '#' || line[0] == '*' || line[0] == '`');
    return mark ? line.substr(begin) : line;
}

std::string_view firstMeaningfulLine(std::string_view message)
{
    std::string_view code; // a line of a code block serves only where there is no prose
    bool inFence = false;
    while (!message.empty()) {
        const std::size_t end = message.find('\n');
        const std::string_view line = trimmed(message.substr(0, end));
        message = end == std::string_view::npos ? std::string_view() : message.substr(end + 1);
        if (line.starts_with("```") || line.starts_with("~~~")) {
            inFence = !inFence;
            continue;
        }
        const std::string_view text = inFence ? line : withoutMarks(line);
        if (text.empty())
            continue;
        if (!inFence)
            return text;
        if (code.empty())
            code = text;
    }
    return code;
}

// Runs of white space become one space.
std::string simplified(std::string_view line)
{
    std::string out;
    for (const char c : line) {
        const bool blank = c == ' ' || c == '\t' || static_cast<unsigned char>(c) < 0x20;
        if (!blank)
            out.push_back(c);
        else if (!out.empty() && out.back() != ' ')
            out.push_back(' ');
    }
    return out;
}

// Where to cut so that no word and no $formula$ is torn; `limit` is a byte offset on a character border.
std::size_t cutPosition(std::string_view text, std::size_t limit)
{
    std::size_t lastSpace = 0;
    bool inFormula = false;
    for (std::size_t i = 0; i <= limit && i < text.size(); ++i) {
        if (text[i] == '$')
            inFormula = !inFormula;
        if (text[i] == ' ' && !inFormula)
            lastSpace = i;
    }
    return lastSpace >= limit / 3 ? lastSpace : limit;
}

} // namespace

std::string titleFromMessage(std::string_view message)
{
    const std::string line = utf8Sanitized(simplified(firstMeaningfulLine(message)));
    std::size_t characters = 0, limit = 0;
    for (std::size_t i = 0; i < line.size(); ++characters) {
        if (characters == maximumCharacters - 1)
            limit = i;
        i += utf8Decode(line, i).length;
    }
    if (characters <= maximumCharacters)
        return line;
    return line.substr(0, cutPosition(line, limit)) + "…";
}

} // namespace lemma::engine
