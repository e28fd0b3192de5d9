#pragma once
// Keeps a chain within its limits: closes a thought whose budget is used up, or that leaves only the answer's share of
// the new tokens or of the context, or that loops; ends an answer at the limits, or when it loops.

#include "engine/runtime/decode_hooks.h"
#include "engine/runtime/loop_detector.h"
#include "engine/runtime/token_limits.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

class LimitSteering : public Steering {
public:
    LimitSteering(const Tokenizer& tokenizer, const TokenLimits& limits);

    Directive before(const ChainState& state) override;
    void written(TokenId token, const ChainState& state) override;

private:
    CloseThought landing(int written) const;

    TokenLimits m_limits;
    std::vector<TokenId> m_bridge;
    std::vector<TokenId> m_closing;
    LoopDetector m_loops;
    bool m_looping = false;
};

} // namespace lemma::engine
