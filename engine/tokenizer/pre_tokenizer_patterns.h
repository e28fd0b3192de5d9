#pragma once
// The patterns behind the names of tokenizer.ggml.pre, as they stand in the models' tokenizer.json.

#include <string_view>
#include <vector>

namespace lemma::engine {

struct PreTokenizerPatterns {
    std::vector<std::string_view> names;
    std::vector<std::string_view> steps; // applied one after the other; \s means the Unicode property White_Space
    bool wholeWordsFirst = false;
};

// nullptr for a name that is not known.
const PreTokenizerPatterns* findPreTokenizerPatterns(std::string_view name);

} // namespace lemma::engine
