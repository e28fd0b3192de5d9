#pragma once
// Notices when a generation has begun to repeat itself, on token ids.
//
//     LoopDetector loops;
//     if (loops.push(token))    // the last loops.repeated() tokens are at least three full periods of the same text
//         ...
//
// Two kinds are found. Word for word: each token equals the one a period before. Nearly so: the text is made of phrases
// (five tokens) that stand a period before as well, with a fifth of them changed at most; this is how a model goes on
// that counts, or that renames a thing in each round. Small models fall into such loops and never leave them. Cost of a
// token: one comparison for each period, one look-up of a phrase.
//
// It knows nothing of what the tokens mean: loop_guard.h exempts tables, matrices and code.

#include <cstdint>
#include <vector>

#include "engine/tokenizer/token_id.h"

namespace lemma::engine {

struct LoopDetectorOptions {
    int longestPeriod = 512; // tokens
    int fullPeriods = 3;     // seen at least this often
    // A short period must go on for longer: "0 0 0" and "----" are ordinary text, a hundred tokens of it are not.
    int shortestRun = 120; // tokens
    // Text that repeats itself nearly must do so for longer, and for one period more: a proof that goes through cases
    // says the same words several times.
    int shortestNearRun = 240;
    int nearPeriods = 4;
};

class LoopDetector {
public:
    explicit LoopDetector(LoopDetectorOptions options = {});

    // True when the text that ends with this token is a loop.
    bool push(TokenId token);

    // In tokens, of what was last found: its period, and how much text is repeating, the first period included.
    int period() const { return m_period; }
    int repeated() const { return m_repeated; }
    void reset();

private:
    bool pushExact(TokenId token);
    bool pushNear();
    std::size_t phraseSlot() const;

    LoopDetectorOptions m_options;
    std::vector<TokenId> m_recent; // ring of the last longestPeriod tokens
    std::vector<int> m_matches;    // [period]: how many tokens in a row equalled the one a period before
    std::size_t m_count = 0;
    int m_period = 0;
    int m_repeated = 0;

    // Near repetition: where each phrase stood last, by its hash; a rare collision only costs or adds a little score.
    std::vector<std::size_t> m_lastSeen;
    int m_nearRun = 0;       // tokens of the present run of repeated phrases
    int m_nearMisses = 0;    // of them, ends of phrases that were new
    double m_nearPeriod = 0; // smoothed distance to the phrase before
};

} // namespace lemma::engine
