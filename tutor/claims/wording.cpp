#include "tutor/claims/wording.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace lemma::tutor {
namespace {

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// As whole words.
bool holds(std::string_view text, std::string_view phrase)
{
    for (std::size_t at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
        const std::size_t end = at + phrase.size();
        const bool begins = !isLetter(phrase.front()) || at == 0 || !isLetter(text[at - 1]);
        const bool ends = !isLetter(phrase.back()) || end == text.size() || !isLetter(text[end]);
        if (begins && ends)
            return true;
    }
    return false;
}

bool holdsAny(std::string_view text, std::span<const std::string_view> phrases)
{
    return std::any_of(phrases.begin(), phrases.end(), [text](std::string_view one) { return holds(text, one); });
}

} // namespace

bool isHedged(std::string_view sentence)
{
    static constexpr auto words = std::to_array<std::string_view>(
        {"if",         "suppose",  "supposing",  "assume",        "assuming",      "would",      "should",
         "must",       "need",     "want",       "whether",       "unless",        "not",        "false",
         "wrong",      "no",       "never",      "incorrect",     "contradiction", "contradict", "contradicts",
         "impossible", "mistake",  "instead",    "maybe",         "perhaps",       "might",      "could",
         "mod",        "modulo",   "test",       "testing",       "try",           "trying",     "tried",
         "plug",       "plugging", "substitute", "substituting",  "guess",         "check",      "base",
         "wait",       "hmm",      "otherwise",  "approximately", "about",         "ring",       "field",
         "group",      "binary",   "boolean",    "clock",         "hexadecimal",   "octal",      "digit",
         "digits",     "congruent"});
    return sentence.find('?') != std::string_view::npos || sentence.find("n't") != std::string_view::npos ||
           sentence.find("n\u2019t") != std::string_view::npos || sentence.find("\\neq") != std::string_view::npos ||
           sentence.find("\\pmod") != std::string_view::npos || holdsAny(sentence, words);
}

bool introducesName(std::string_view lead, std::string_view sentence)
{
    static constexpr auto words = std::to_array<std::string_view>(
        {"let", "where", "denote", "define", "call", "setting", "set", "taking", "represents"});
    constexpr std::size_t reach = 40;
    const std::string_view near = lead.size() > reach ? lead.substr(lead.size() - reach) : lead;
    return holdsAny(near, words) || sentence.starts_with("let ");
}

bool followsBy(std::string_view lead)
{
    static constexpr auto phrases =
        std::to_array<std::string_view>({"simplifies to", "simplify to", "simplifying gives", "which becomes",
                                         "this becomes", "which gives", "this gives", "which means", "equivalent to"});
    // Anything that may bring in something else.
    static constexpr auto others = std::to_array<std::string_view>(
        {"substitut", "case", "second", "other", "another", "equation", "replac", "plug"});
    const bool more = std::any_of(others.begin(), others.end(),
                                  [lead](std::string_view one) { return lead.find(one) != std::string_view::npos; });
    return !more && holdsAny(lead, phrases);
}

} // namespace lemma::tutor
