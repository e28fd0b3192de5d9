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
      m_room(std::min(m_maxTokens, m_contextRoom))
{
    m_answerReserve = std::min(limits.answerReserve.value_or(std::min(usualAnswerReserve, m_room / 4)), m_room);
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

std::optional<InterventionCause> TokenLimits::thoughtMustEnd(int written, int thought, int landing) const
{
    if (m_thinkingTokens && thought + landing >= *m_thinkingTokens)
        return InterventionCause::TokenBudget;
    if (remaining(written) - landing <= m_answerReserve)
        return InterventionCause::AnswerReserve;
    return std::nullopt;
}

bool TokenLimits::hasRoomForWords(int landing) const
{
    return (!m_thinkingTokens || landing <= *m_thinkingTokens / 2) && landing <= m_room / 4;
}

} // namespace lemma::engine
