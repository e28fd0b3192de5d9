#pragma once
// Words that Lemma puts into a model's mouth inside a thought: to begin it in a language, to close it at a limit, and
// to open it again. In the model's own voice, so that what follows stays in its distribution.

#include <string_view>
#include <vector>

namespace lemma::engine {

struct ThoughtWords {
    std::string_view language; // ISO 639-1
    std::string_view begin;    // the first sentence of a thought in this language
    std::string_view land;     // the last one of a thought that has to end
    std::string_view reopen;   // what goes on where a thought had ended
};

// The languages that a thought can be asked for, English first.
const std::vector<ThoughtWords>& allThoughtWords();

// nullptr for a language that is none of these.
const ThoughtWords* thoughtWords(std::string_view language);

} // namespace lemma::engine
