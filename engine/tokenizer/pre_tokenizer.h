#pragma once
// Cuts text into the pieces that byte-pair encoding works on: no token reaches over a border.
//
//     LEMMA_TRY(PreTokenizer preTokenizer, PreTokenizer::create("qwen2"));
//     preTokenizer.split("Hello world", [](std::string_view piece) { ... });   // "Hello", " world"
//
// Names are those of tokenizer.ggml.pre; the patterns are those of the models' own tokenizer.json. Immutable, so it may
// be used from several threads.

#include <functional>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/tokenizer/regex.h"

namespace lemma::engine {

class PreTokenizer {
public:
    // A name that is not known is logged as a warning and treated as "gpt-2", which is close to all of them.
    static Result<PreTokenizer> create(std::string_view name);

    // Joined, the pieces are the text. Any bytes may be given: a run of bytes that are not UTF-8 becomes a piece of its
    // own, and the text on both sides is split as if it stood alone.
    void split(std::string_view text, const std::function<void(std::string_view)>& piece) const;

    // A piece that is in the vocabulary is a token, whatever the merges say ("ignore_merges" of tokenizer.json).
    bool wholeWordsFirst() const { return m_wholeWordsFirst; }

private:
    PreTokenizer() = default;
    void splitFrom(std::size_t step, std::string_view text, const std::function<void(std::string_view)>& piece) const;

    std::vector<Regex> m_steps; // each one is applied to the pieces of the one before
    bool m_wholeWordsFirst = false;
};

} // namespace lemma::engine
