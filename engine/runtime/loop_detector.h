#pragma once
// Notices when a generation has begun to repeat itself word for word, on token ids.
//
//     LoopDetector loops;
//     if (loops.push(token)) ...   // the last tokens are at least three full periods of the same text
//
// Small models fall into such loops and never leave them; ending early saves the user minutes of nonsense. Cost: one
// comparison per period and token.

#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

struct LoopDetectorOptions {
    int longestPeriod = 512; // tokens
    int fullPeriods = 3;     // seen at least this often
    // A short period must go on for longer: "0 0 0" and "----" are ordinary text, a hundred tokens of it are not.
    int shortestRun = 120; // tokens
};

class LoopDetector {
public:
    explicit LoopDetector(LoopDetectorOptions options = {});

    // True when the text that ends with this token is a loop.
    bool push(TokenId token);

    // Length in tokens of the period last found, 0 if none was.
    int period() const { return m_period; }
    void reset();

private:
    LoopDetectorOptions m_options;
    std::vector<TokenId> m_recent; // ring of the last longestPeriod tokens
    std::vector<int> m_matches;    // [period]: how many tokens in a row equalled the one a period before
    std::size_t m_count = 0;
    int m_period = 0;
};

} // namespace lemma::engine
