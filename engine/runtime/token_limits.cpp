#include "engine/runtime/token_limits.h"

#include <algorithm>

namespace lemma::engine {
namespace {

// An answer with its worked solution is a few hundred tokens. Where all is short, the answer gets a quarter.
constexpr int usualAnswerReserve = 1024;

} // namespace

TokenLimits::TokenLimits(const GenerationLimits& limits, int promptTokens, int contextTokens)
    : m_maxTokens(limits.maxTokens),
      m_contextRoom(contextTokens - promptTokens),
      m_thinkingTokens(limits.thinkingTokens),
      m_answerReserve(std::min(usualAnswerReserve, std::min(m_maxTokens, m_contextRoom) / 4))
{
}

std::optional<EndReason> TokenLimits::reached(int written) const
{
    if (written >= m_maxTokens)
        return EndReason::Length;
    if (written >= m_contextRoom)
        return EndReason::Context;
    return std::nullopt;
}

int TokenLimits::remaining(int written) const { return std::min(m_maxTokens, m_contextRoom) - written; }

bool TokenLimits::thoughtMustEnd(int written, int thought) const
{
    if (m_thinkingTokens && thought >= *m_thinkingTokens)
        return true;
    return remaining(written) <= m_answerReserve;
}

} // namespace lemma::engine
