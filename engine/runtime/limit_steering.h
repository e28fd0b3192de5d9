#pragma once
// Keeps a chain within its limits and carries out what was planned for it.
//
// Closes a thought whose budget of tokens or time is used up, or when the user wants the answer, or when only the
// answer's share of the new tokens or of the context is left, or when it loops (and was not, or not with success, gone
// on with from before the loop); ends an answer at the limits, or when it loops. Planned interventions happen at their
// places; a run that is repeated has no others.

#include <chrono>
#include <deque>
#include <functional>
#include <stop_token>

#include "engine/runtime/decode_hooks.h"
#include "engine/runtime/loop_guard.h"
#include "engine/runtime/token_limits.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

struct SteeringOptions {
    GenerationLimits limits;
    std::stop_token answerNow;
    std::string language; // of the words that close the thought; empty: English
    std::deque<Intervention> planned;
    bool plannedOnly = false; // of the interventions; limits end the run all the same
    std::function<std::chrono::steady_clock::time_point()> clock; // none: the steady clock
};

class LimitSteering : public Steering {
public:
    LimitSteering(const Tokenizer& tokenizer, const TokenLimits& limits, SteeringOptions options = {});

    Directive before(const ChainState& state) override;
    void written(TokenId token, const ChainState& state) override;
    void intervened(const Intervention& intervention, const ChainState& state) override;

private:
    std::optional<InterventionCause> whyClose(const ChainState& state);
    std::optional<Intervention> beforeTheLoop(const ChainState& state) const;
    bool timeIsOver();

    const Tokenizer& m_tokenizer;
    TokenLimits m_limits;
    SteeringOptions m_options;
    std::vector<TokenId> m_landing; // the words, then the tag
    int m_closing = 0;              // tokens of the tag
    std::optional<std::chrono::steady_clock::time_point> m_thoughtBegan;
    LoopGuard m_loops;
    bool m_looping = false;
    int m_sinceIntervention = 0; // tokens drawn
    int m_resampled = 0;         // loops that were gone back from
};

} // namespace lemma::engine
