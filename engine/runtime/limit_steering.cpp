#include "engine/runtime/limit_steering.h"

#include <string_view>

namespace lemma::engine {
namespace {

// What closes a thought at a limit. In the model's own voice, so that the answer that follows is in its distribution.
constexpr std::string_view bridge =
    "\n\nI have thought about this for long enough, so I will answer with what I have.\n";

} // namespace

LimitSteering::LimitSteering(const Tokenizer& tokenizer, const TokenLimits& limits)
    : m_limits(limits),
      m_bridge(tokenizer.encode(bridge, SpecialTokens::AsText)),
      m_closing(tokenizer.encode("</think>", SpecialTokens::Parse))
{
    const std::vector<TokenId> gap = tokenizer.encode("\n\n", SpecialTokens::AsText);
    m_closing.insert(m_closing.end(), gap.begin(), gap.end());
}

Directive LimitSteering::before(const ChainState& state)
{
    const int written = state.written();
    if (state.insideThought && (m_looping || m_limits.thoughtMustEnd(written, state.thoughtTokens))) {
        CloseThought closing = landing(written);
        m_looping = false;
        m_loops.reset();
        return closing;
    }
    if (m_looping && !state.insideThought)
        return Finish{EndReason::Loop};
    if (const auto limit = m_limits.reached(written))
        return Finish{*limit};
    return GoOn{};
}

void LimitSteering::written(TokenId token, const ChainState&) { m_looping = m_loops.push(token); }

// Where the words would leave the answer no room, the tag alone has to do.
CloseThought LimitSteering::landing(int written) const
{
    const auto room = static_cast<std::ptrdiff_t>(m_limits.remaining(written));
    if (std::ssize(m_bridge) + std::ssize(m_closing) >= room)
        return {{}, m_closing};
    return {m_bridge, m_closing};
}

} // namespace lemma::engine
