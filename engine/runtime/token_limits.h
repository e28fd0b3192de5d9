#pragma once
// How many tokens a generation may still write, and when its thought must end so that an answer fits behind it.

#include <optional>

#include "engine/runtime/event.h"
#include "engine/runtime/generation_limits.h"
#include "engine/runtime/run_record.h"

namespace lemma::engine {

class TokenLimits {
public:
    // `contextTokens`: what the model can hold, prompt included.
    TokenLimits(const GenerationLimits& limits, int promptTokens, int contextTokens);

    // The reason to end before another token is written, if there is one. `written` counts the new tokens so far.
    std::optional<EndReason> reached(int written) const;

    // New tokens that may still be written.
    int remaining(int written) const;

    // Why the thought, `thought` tokens long, must be closed now, if it must. `landing`: how many tokens closing it
    // takes. So the thought keeps its budget to the token, and the answer its reserve.
    std::optional<InterventionCause> thoughtMustEnd(int written, int thought, int landing) const;

    // Whether words before the closing tag are worth their room: at most half of the budget and a quarter of all.
    bool hasRoomForWords(int landing) const;

private:
    int m_maxTokens;
    int m_contextRoom; // new tokens that fit into the context
    std::optional<int> m_thinkingTokens;
    int m_answerReserve = 0;
    int m_room; // new tokens altogether
};

} // namespace lemma::engine
