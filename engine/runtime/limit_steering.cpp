#include "engine/runtime/limit_steering.h"

#include <utility>

#include "engine/chat/thought_words.h"

namespace lemma::engine {
namespace {

constexpr int mostResampled = 3; // a model that falls into a loop again and again has nothing more to think

} // namespace

LimitSteering::LimitSteering(const Tokenizer& tokenizer, const TokenLimits& limits, SteeringOptions options)
    : m_tokenizer(tokenizer), m_limits(limits), m_options(std::move(options))
{
    if (!m_options.clock)
        m_options.clock = [] { return std::chrono::steady_clock::now(); };
    const auto append = [&](std::string_view text, SpecialTokens specials) {
        const std::vector<TokenId> tokens = tokenizer.encode(text, specials);
        m_landing.insert(m_landing.end(), tokens.begin(), tokens.end());
        return static_cast<int>(tokens.size());
    };
    const ThoughtWords* words = thoughtWords(m_options.language);
    const int sentence = append((words ? *words : allThoughtWords().front()).land, SpecialTokens::AsText);
    m_closing = append("</think>", SpecialTokens::Parse) + append("\n\n", SpecialTokens::AsText);
    if (!m_limits.hasRoomForWords(sentence + m_closing))
        m_landing.erase(m_landing.begin(), m_landing.begin() + sentence);
}

Directive LimitSteering::before(const ChainState& state)
{
    const int written = state.written();
    if (!m_options.planned.empty() && m_options.planned.front().at <= written) {
        Intervention next = std::move(m_options.planned.front());
        m_options.planned.pop_front();
        return next;
    }
    if (state.insideThought && !m_options.plannedOnly) {
        if (auto back = beforeTheLoop(state))
            return *std::move(back);
        if (const auto cause = whyClose(state))
            return Intervention{*cause, written, m_landing, m_closing};
    }
    if (m_looping && !state.insideThought)
        return Finish{EndReason::Loop};
    if (const auto limit = m_limits.reached(written))
        return Finish{*limit};
    return GoOn{};
}

// Words that were put in are never forgotten.
std::optional<Intervention> LimitSteering::beforeTheLoop(const ChainState& state) const
{
    if (!m_looping || m_options.limits.loops != LoopPolicy::Resample || m_resampled >= mostResampled)
        return std::nullopt;
    const int forgotten = std::min(m_loops.loopTokens(), m_sinceIntervention);
    if (forgotten < 1)
        return std::nullopt;
    return Intervention{InterventionCause::Loop, state.written(), {}, 0, forgotten};
}

std::optional<InterventionCause> LimitSteering::whyClose(const ChainState& state)
{
    if (m_options.answerNow.stop_requested() ||
        (m_options.limits.answerNowAfter && state.thoughtTokens >= *m_options.limits.answerNowAfter))
        return InterventionCause::AnswerNow;
    if (m_looping)
        return InterventionCause::Loop;
    if (timeIsOver())
        return InterventionCause::TimeBudget;
    return m_limits.thoughtMustEnd(state.written(), state.thoughtTokens, static_cast<int>(m_landing.size()));
}

bool LimitSteering::timeIsOver()
{
    if (!m_options.limits.thinkingTime)
        return false;
    const auto now = m_options.clock();
    if (!m_thoughtBegan)
        m_thoughtBegan = now;
    return now - *m_thoughtBegan >= *m_options.limits.thinkingTime;
}

void LimitSteering::written(TokenId token, const ChainState&)
{
    ++m_sinceIntervention;
    if (m_options.limits.loops != LoopPolicy::Ignore)
        m_looping = m_loops.push(token, m_tokenizer.bytes(token));
}

void LimitSteering::intervened(const Intervention& intervention, const ChainState&)
{
    m_sinceIntervention = 0;
    m_resampled += intervention.forgotten > 0 ? 1 : 0;
    if (intervention.closing == 0 && intervention.forgotten == 0)
        return;
    m_looping = false; // what follows begins to count anew
    m_loops.reset();
}

} // namespace lemma::engine
