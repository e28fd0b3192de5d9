#pragma once
// Decides that a generation is caught in a loop: what LoopDetector finds, tables, matrices and code exempt.
//
//     LoopGuard guard;
//     if (guard.push(token, tokenizer.bytes(token)))
//         ... everything from guard.loopTokens() tokens ago on is the same again and again
//
// A repetition is exempt while most of its tokens lie in structured text. Not without end: also a table can be a loop,
// so after `longestExempt` tokens it counts.

#include <string_view>
#include <vector>

#include "engine/runtime/loop_detector.h"
#include "engine/runtime/structured_text.h"

namespace lemma::engine {

class LoopGuard {
public:
    static constexpr int longestExempt = 1536; // tokens: a table of 64 rows of 24 tokens

    explicit LoopGuard(LoopDetectorOptions options = {});

    bool push(TokenId token, std::string_view bytes);

    // After push() said yes: how many of the last tokens are the repetitions, without the first period, which is what
    // the text was before it became a loop.
    int loopTokens() const { return m_loops.repeated() - m_loops.period(); }
    int period() const { return m_loops.period(); }

    // The text goes on elsewhere (behind a closed thought): begins to count anew.
    void reset();

private:
    LoopDetector m_loops;
    StructuredText m_text;
    std::vector<bool> m_structured; // ring: whether each of the last longestExempt tokens was in structured text
    std::size_t m_count = 0;
};

} // namespace lemma::engine
