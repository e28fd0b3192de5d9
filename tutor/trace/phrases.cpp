#include "tutor/trace/phrases.h"

#include <cctype>

namespace lemma::tutor {
namespace {

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool isWordByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '\''; }

// Whether a phrase that ends before `end` ends on a whole word.
bool endsWord(std::string_view words, std::size_t end) { return end >= words.size() || !isWordByte(words[end]); }

// Length of the matching phrase at the beginning, 0 for none.
std::size_t prefixLength(std::string_view words, std::initializer_list<std::string_view> phrases)
{
    for (const std::string_view phrase : phrases)
        if (words.starts_with(phrase) && endsWord(words, phrase.size()))
            return phrase.size();
    return 0;
}

} // namespace

SentenceSplit firstSentence(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool lineBreak = text[i] == '\n';
        const bool stop = text[i] == '.' || text[i] == '?' || text[i] == '!';
        if (lineBreak || (stop && i + 1 < text.size() && isSpace(text[i + 1])))
            return {text.substr(0, i + 1), text.substr(i + 1)};
    }
    return {text, {}};
}

std::string normalizedWords(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (text.substr(i).starts_with("\u2019")) {
            c = '\'';
            i += 2;
        }
        if (c == ',' || c == '*' || c == '_')
            continue;
        if (isSpace(c) || c == '-') {
            if (!out.empty() && out.back() != ' ')
                out.push_back(' ');
            continue;
        }
        out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return out;
}

bool startsWithAny(std::string_view words, std::initializer_list<std::string_view> phrases)
{
    return prefixLength(words, phrases) > 0;
}

bool containsAny(std::string_view words, std::initializer_list<std::string_view> phrases)
{
    for (const std::string_view phrase : phrases) {
        std::size_t at = words.find(phrase);
        while (at != std::string_view::npos) {
            if ((at == 0 || !isWordByte(words[at - 1])) && endsWord(words, at + phrase.size()))
                return true;
            at = words.find(phrase, at + 1);
        }
    }
    return false;
}

std::string_view withoutPrefix(std::string_view words, std::initializer_list<std::string_view> phrases)
{
    words.remove_prefix(prefixLength(words, phrases));
    while (words.starts_with(' '))
        words.remove_prefix(1);
    return words;
}

} // namespace lemma::tutor
