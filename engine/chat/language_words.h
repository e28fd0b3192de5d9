#pragma once
// Frequent words that belong to one language. Private to engine/chat.

#include <string_view>

namespace lemma::engine {

// ISO 639-1, empty for a word that is in no list. `word` in lower case.
std::string_view languageOfWord(std::string_view word);

} // namespace lemma::engine
