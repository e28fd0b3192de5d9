#pragma once
// Guesses by looking up: where the last few tokens stand in the prompt or earlier in the answer, what followed them
// there may follow here too. Good for answers that repeat what they were given, such as repaired code. Costs a look-up
// a token. (Saxena, "Prompt lookup decoding", 2023.)

#include <cstdint>
#include <unordered_map>

#include "engine/runtime/decode_hooks.h"
#include "engine/runtime/draft_length.h"
#include "engine/runtime/token_limits.h"

namespace lemma::engine {

class LookupDrafter : public Drafter {
public:
    explicit LookupDrafter(const TokenLimits& limits) : m_limits(limits) {}

    std::vector<TokenId> draft(const ChainState& state) override;
    void judged(int drafted, int accepted) override { m_length.judged(drafted, accepted); }

private:
    void index(const std::vector<TokenId>& tokens);

    TokenLimits m_limits;
    DraftLength m_length{16};
    std::unordered_map<std::uint64_t, int> m_follows; // by the last tokens: where the one after them stands
    int m_indexed = 0;                                // tokens whose predecessors are in m_follows
};

} // namespace lemma::engine
