#pragma once
// How many tokens a generation may still write, and when its thought must end so that an answer fits behind it.

#include <optional>

#include "engine/runtime/event.h"
#include "engine/runtime/generation_service.h"

namespace lemma::engine {

class TokenLimits {
public:
    // `contextTokens`: what the model can hold, prompt included.
    TokenLimits(const GenerationLimits& limits, int promptTokens, int contextTokens);

    // The reason to end before another token is written, if there is one. `written` counts the new tokens so far.
    std::optional<EndReason> reached(int written) const;

    // New tokens that may still be written.
    int remaining(int written) const;

    // True when the thought, `thought` tokens long, must be closed now.
    bool thoughtMustEnd(int written, int thought) const;

private:
    int m_maxTokens;
    int m_contextRoom; // new tokens that fit into the context
    std::optional<int> m_thinkingTokens;
    int m_answerReserve;
};

} // namespace lemma::engine
