#include "tutor/checker/words_answer.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace lemma::tutor {
namespace {

bool isAlpha(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isBlank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

// \text{...} and its like opened, dollars dropped: "\textbf{(C) } 42" is "(C)  42".
std::string withoutDress(std::string_view text)
{
    static constexpr std::array<std::string_view, 9> dresses = {
        "\\textbf", "\\text", "\\mathrm", "\\mathbf", "\\textrm", "\\textit", "\\boxed", "\\mbox", "\\bf"};
    std::string result;
    int opened = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string_view dress;
        for (const std::string_view one : dresses)
            if (text.substr(i).starts_with(one) && text.substr(i + one.size()).starts_with('{'))
                dress = one;
        if (!dress.empty()) {
            i += dress.size();
            ++opened;
        } else if (text[i] == '}' && opened > 0 && result.find('{') == std::string::npos) {
            --opened;
        } else if (text[i] != '$' && text[i] != '~' && text[i] != '*') {
            result += text[i];
        }
    }
    return result;
}

} // namespace

std::optional<Choice> choiceIn(std::string_view text, bool anyCase)
{
    constexpr std::size_t longest = 1000;
    if (text.size() > longest)
        return std::nullopt;
    const std::string undressed = withoutDress(text);
    std::string_view rest = trimmed(undressed);
    for (const std::string_view word : {"option ", "Option ", "choice ", "Choice ", "answer ", "Answer "})
        if (rest.starts_with(word))
            rest = trimmed(rest.substr(word.size()));
    const bool bracketed = rest.starts_with('(') || rest.starts_with('[');
    if (bracketed)
        rest = trimmed(rest.substr(1));
    if (rest.empty())
        return std::nullopt;
    const char letter = anyCase ? static_cast<char>(std::toupper(static_cast<unsigned char>(rest[0]))) : rest[0];
    if (letter < 'A' || letter > 'J')
        return std::nullopt;
    rest = trimmed(rest.substr(1));
    if (rest.empty())
        return bracketed ? std::nullopt : std::optional(Choice{letter, ""});
    const bool closed = rest[0] == ')' || rest[0] == ']';
    if (closed != bracketed && !(closed && rest[0] == ')') && !(!bracketed && (rest[0] == '.' || rest[0] == ':')))
        return std::nullopt;
    if (!closed && rest[0] != '.' && rest[0] != ':')
        return std::nullopt;
    rest.remove_prefix(1);
    if (closed && !rest.empty() && (rest[0] == '.' || rest[0] == ':'))
        rest.remove_prefix(1);
    // "A:B" is a ratio and "(A)x" a product; a content is set apart.
    const bool apart = rest.empty() || isBlank(rest[0]) || rest[0] == '\\';
    return apart ? std::optional(Choice{letter, std::string(trimmed(rest))}) : std::nullopt;
}

std::string plainLetters(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            while (i + 1 < text.size() && isAlpha(text[i + 1]))
                ++i;
            continue;
        }
        if (std::isalnum(static_cast<unsigned char>(text[i])) != 0 || static_cast<unsigned char>(text[i]) >= 0x80)
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
    }
    return result;
}

bool isOneWord(std::string_view text)
{
    const std::string undressed = withoutDress(text);
    const std::string_view word = trimmed(undressed);
    return word.size() >= 3 && std::all_of(word.begin(), word.end(), isAlpha);
}

bool sameWords(std::string_view a, std::string_view b) { return plainLetters(a) == plainLetters(b); }

} // namespace lemma::tutor
