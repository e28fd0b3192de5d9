#include "tutor/working/working_line.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tutor/math/words.h"

namespace lemma::tutor {
namespace {

bool isSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

bool startsWithWord(std::string_view text, std::string_view word)
{
    if (text.size() < word.size())
        return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (std::tolower(static_cast<unsigned char>(text[i])) != word[i])
            return false;
    return text.size() == word.size() || !isLetter(word.back()) || !isLetter(text[word.size()]);
}

// "2)", "3." before a blank, "Step 2:", "(1)" before a blank.
std::size_t enumerationLength(std::string_view text)
{
    std::size_t i = startsWithWord(text, "step") ? 4 : 0;
    const bool step = i > 0;
    while (i < text.size() && isSpace(text[i]))
        ++i;
    const bool bracket = !step && i < text.size() && text[i] == '(';
    i += bracket ? 1 : 0;
    const std::size_t digits = i;
    while (i < text.size() && isDigit(text[i]))
        ++i;
    if (i == digits || i - digits > 2 || i >= text.size())
        return 0;
    const bool ends = bracket || !step ? text[i] == ')' || (!bracket && text[i] == '.')
                                       : text[i] == ':' || text[i] == '.' || text[i] == ')';
    return ends && i + 1 < text.size() && isSpace(text[i + 1]) ? i + 1 : 0;
}

std::string_view withoutOpener(std::string_view text)
{
    static constexpr std::array<std::string_view, 30> openers = {"<=>",
                                                                 "=>",
                                                                 "==>",
                                                                 "->",
                                                                 "-->",
                                                                 "⇔",
                                                                 "⇒",
                                                                 "→",
                                                                 "∴",
                                                                 "⟹",
                                                                 "⟺",
                                                                 "•",
                                                                 "\\iff",
                                                                 "\\implies",
                                                                 "\\rightarrow",
                                                                 "\\leftrightarrow",
                                                                 "\\therefore",
                                                                 "\\to",
                                                                 "so",
                                                                 "then",
                                                                 "thus",
                                                                 "hence",
                                                                 "therefore",
                                                                 "and so",
                                                                 "we get",
                                                                 "this gives",
                                                                 "answer:",
                                                                 "solution:",
                                                                 "or",
                                                                 "i.e."};
    for (bool changed = true; changed;) {
        changed = false;
        text = trimmed(text);
        if (const std::size_t length = enumerationLength(text); length > 0) {
            text.remove_prefix(length);
            changed = true;
        }
        for (const std::string_view opener : openers)
            if (startsWithWord(text, opener)) {
                text.remove_prefix(opener.size());
                changed = true;
                break;
            }
        if (changed && !text.empty() && (text.front() == ',' || text.front() == ':'))
            text.remove_prefix(1);
    }
    return text;
}

// "3x = 15   | : 3": a single bar with an operation behind it.
std::string_view withoutNote(std::string_view text)
{
    const std::size_t bar = text.rfind('|');
    const auto bars = std::count(text.begin(), text.end(), '|');
    if (bar == std::string_view::npos || bars % 2 == 0 || text.find("\\left") != std::string_view::npos)
        return text;
    return text.substr(0, bar);
}

// x1 = 2, x2 = 3: two solutions of one variable.
std::string withoutIndices(std::string_view text)
{
    const auto indexed = [&](std::size_t i, char digit) {
        std::size_t j = i + 1;
        j += j < text.size() && text[j] == '_' ? 1U : 0U;
        if (!isLetter(text[i]) || (i > 0 && isLetter(text[i - 1])) || j >= text.size() || text[j] != digit)
            return std::size_t{0};
        std::size_t after = j + 1;
        while (after < text.size() && isSpace(text[after]))
            ++after;
        return after < text.size() && text[after] == '=' ? j + 1 - i : std::size_t{0};
    };
    char first = 0, second = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        first = indexed(i, '1') > 0 ? text[i] : first;
        second = indexed(i, '2') > 0 ? text[i] : second;
    }
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        result += text[i];
        if (first != 0 && first == second && text[i] == first)
            if (const std::size_t length = std::max(indexed(i, '1'), indexed(i, '2')); length > 0)
                i += length - 1;
    }
    return result;
}

bool isKnownWord(std::string_view word)
{
    return functionNamed(word) || constantNamed(word) || letterNamed(word) || isUnitWord(word) || isPercentWord(word) ||
           word == "or" || word == "and";
}

// Prose: the parser would read "so the price" as a product of letters. Two words, or one of four letters or more, that
// mean nothing here.
bool isProse(std::string_view text)
{
    int words = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (!isLetter(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && isLetter(text[end]))
            ++end;
        const std::string_view word = text.substr(i, end - i);
        const bool command = i > 0 && (text[i - 1] == '\\' || text[i - 1] == '{' || text[i - 1] == '_');
        if (!command && !isKnownWord(word) && word.size() > 1)
            words += word.size() > 3 ? 2 : 1;
        i = end;
    }
    return words > 1;
}

// "20% of 80", "3/4 of 60"
std::string withOfAsTimes(std::string text)
{
    for (std::size_t at = text.find(" of "); at != std::string::npos; at = text.find(" of ", at + 1)) {
        const std::size_t before = text.find_last_not_of(' ', at), after = text.find_first_not_of(' ', at + 4);
        const bool amount = before != std::string::npos && (text[before] == '%' || isDigit(text[before]));
        if (amount && after != std::string::npos && (isDigit(text[after]) || isLetter(text[after])))
            text.replace(at, 4, " * ");
    }
    return text;
}

WorkingLine phrase(std::string_view meaning)
{
    WorkingLine line;
    line.kind = WorkingLine::Kind::Statement;
    if (meaning == "no solution" || meaning == "none")
        line.readings = {{Statement::Type::False, RelationOp::Equal, nullptr, nullptr, {}}};
    else if (meaning == "all real numbers")
        line.readings = {Statement{}};
    else
        line.kind = WorkingLine::Kind::NotRead;
    return line;
}

} // namespace

WorkingLine readWorkingLine(std::string_view text, const ReadingOptions& options)
{
    std::string content = withOfAsTimes(withoutIndices(withoutNote(withoutOpener(text))));
    if (content.find("\\begin") == std::string::npos)
        std::replace(content.begin(), content.end(), '&', ' ');
    std::string_view rest = trimmed(content);
    WorkingLine line;
    if (rest.empty())
        return line;
    if (const auto meaning = answerPhrase(rest))
        return phrase(*meaning);
    if (rest.front() == '=' && rest.size() > 1 && rest[1] != '=' && rest[1] != '>' && rest[1] != '<') {
        line.continues = true;
        rest.remove_prefix(1);
    }
    line.kind = WorkingLine::Kind::NotRead;
    if (isProse(rest))
        return line;
    const ParseResult tree = parseMath(rest, options);
    if (!tree || contains(*tree, Kind::Text) || contains(*tree, Kind::Choice))
        return line;
    line.tree = *tree;
    switch (line.tree->kind) {
    case Kind::Relation:
    case Kind::List:
        line.readings = readStatement(line.tree);
        line.kind = line.readings.empty() ? WorkingLine::Kind::NotRead : WorkingLine::Kind::Statement;
        break;
    case Kind::Set:
    case Kind::Bracket:
    case Kind::Union:
    case Kind::Modular: break;
    default: line.kind = WorkingLine::Kind::Expression;
    }
    return line;
}

} // namespace lemma::tutor
