#pragma once
// Matching of wordings in the running text of a thought, without regular expressions: std::regex would be slower than
// the model. Internal to tutor/trace.

#include <initializer_list>
#include <string>
#include <string_view>

namespace lemma::tutor {

// The first sentence of `text` and what follows it. A sentence ends at . ? or ! before white space, or at a line break.
struct SentenceSplit {
    std::string_view sentence, rest;
};
SentenceSplit firstSentence(std::string_view text);

// Lower case, single spaces, no commas, no Markdown emphasis, ' for typographic apostrophes and a space for hyphens, so
// that "Let’s *double-check*," reads "let's double check".
std::string normalizedWords(std::string_view text);

// Both look for whole words in normalised text.
bool startsWithAny(std::string_view words, std::initializer_list<std::string_view> phrases);
bool containsAny(std::string_view words, std::initializer_list<std::string_view> phrases);

// `words` without one of the phrases at its beginning, or unchanged.
std::string_view withoutPrefix(std::string_view words, std::initializer_list<std::string_view> phrases);

} // namespace lemma::tutor
