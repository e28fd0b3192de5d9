#pragma once
// Languages as models write them in code fences.

#include <string>
#include <string_view>

namespace lemma::assistant {

// "Python", "py3", "c++17", "{.cpp}" -> "python", "python", "cpp", "cpp"; the names agree with sandbox/language.h. An
// unknown tag comes back in lower case. "text" stands for everything that is not code (output, console transcripts,
// plain).
std::string languageOfTag(std::string_view tag);

// From the text alone, for a block without a tag: "" where nothing tells.
std::string guessedLanguage(std::string_view source);

} // namespace lemma::assistant
