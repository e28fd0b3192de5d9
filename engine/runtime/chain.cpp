#include "engine/runtime/chain.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace lemma::engine {
namespace {

constexpr std::ptrdiff_t mostAtOnce = 256; // tokens; so that Stop is felt at once on a slow machine

} // namespace

Chain::Chain(ChainSetup setup, Sequence sequence)
    : m_tokenizer(*setup.tokenizer),
      m_sequence(std::move(sequence)),
      m_sampler(std::move(setup.sampler)),
      m_splitter(setup.tagsAsText ? StreamSplitter({setup.thoughtOpened, {}, {}})
                                  : StreamSplitter::forTokenizer(m_tokenizer, setup.thoughtOpened)),
      m_stopStrings(std::move(setup.stopStrings)),
      m_hooks(std::move(setup.hooks)),
      m_onEvent(std::move(setup.onEvent)),
      m_onRun(std::move(setup.onRun))
{
    m_state.promptTokens = static_cast<int>(setup.prompt.size());
    m_state.tokens = std::move(setup.prompt);
    m_seen = m_state.tokens;
    m_state.insideThought = m_splitter.insideThought();
}

std::span<const TokenId> Chain::nextTokens()
{
    const auto unread = m_seen.begin() + m_sequence.length();
    m_next.assign(unread, unread + std::min(mostAtOnce, m_seen.end() - unread));
    m_draft.clear();
    if (m_hooks.drafter && m_next.size() == 1) {
        m_draft = m_hooks.drafter->draft(m_state);
        m_next.insert(m_next.end(), m_draft.begin(), m_draft.end());
    }
    return m_next;
}

void Chain::park()
{
    m_draft.clear();
    const int page = m_sequence.layout().pageTokens;
    m_sequence.rewind(m_state.promptTokens / page * page); // whole pages: those that all chains share
}

// Each guess that was drawn makes the logits behind it good for one token more. What was read beyond that is forgotten.
Result<void> Chain::step(std::span<float> logits)
{
    const std::vector<TokenId> draft = std::exchange(m_draft, {});
    const std::size_t width = logits.size() / (draft.size() + 1);
    const std::size_t read = m_seen.size();
    std::size_t accepted = 0;
    for (std::size_t row = 0; row <= draft.size() && !ended(); ++row) {
        LEMMA_CHECK(advance(logits.subspan(row * width, width)));
        const bool asGuessed = row < draft.size() && m_seen.size() == read + row + 1 && m_seen.back() == draft[row];
        if (!asGuessed)
            break;
        ++accepted;
    }
    m_sequence.rewind(static_cast<int>(read + accepted));
    if (!draft.empty()) {
        m_state.draftedTokens += static_cast<int>(draft.size());
        m_state.acceptedTokens += static_cast<int>(accepted);
        m_hooks.drafter->judged(static_cast<int>(draft.size()), static_cast<int>(accepted));
    }
    return {};
}

Result<void> Chain::advance(std::span<float> logits)
{
    const Directive directive = m_hooks.steering->before(m_state);
    if (const auto* finish = std::get_if<Finish>(&directive)) {
        end(finish->reason);
        return {};
    }
    if (const auto* intervention = std::get_if<Intervention>(&directive)) {
        intervene(*intervention);
        return {};
    }
    LEMMA_TRY(const TokenId token, draw(logits));
    if (m_tokenizer.isEndOfGeneration(token)) {
        end(EndReason::Eos);
        return {};
    }
    if (write(token))
        m_end = EndReason::Stop; // what the splitter holds back lies behind the stop string
    tell(RunTokens{{token}});
    return {};
}

void Chain::resume(std::span<const TokenId> tokens, std::span<const Intervention> interventions)
{
    auto next = interventions.begin();
    m_resuming = true;
    for (std::size_t i = 0; i < tokens.size() && !ended();) {
        if (next != interventions.end() && static_cast<std::size_t>(next->at) == i) {
            intervene(*next);
            i += next->tokens.size();
            ++next;
            continue;
        }
        m_sampler.skip();
        if (write(tokens[i]))
            m_end = EndReason::Stop;
        tell(RunTokens{{tokens[i]}});
        ++i;
    }
    for (; next != interventions.end() && !ended(); ++next) // behind the last token
        intervene(*next);
    m_resuming = false;
}

Result<TokenId> Chain::draw(std::span<float> logits)
{
    if (m_hooks.filter)
        LEMMA_CHECK(m_hooks.filter->restrict(logits, m_state));
    if (const auto found = m_forbidden.find(m_seen.size()); found != m_forbidden.end())
        for (const TokenId token : found->second)
            logits[static_cast<std::size_t>(token)] = -std::numeric_limits<float>::infinity();
    if (m_hooks.source)
        return m_hooks.source->next(logits, m_state);
    return m_sampler.sample(logits);
}

// Counts a new token and tells what it adds. True when it completed a stop string.
bool Chain::write(TokenId token)
{
    m_state.tokens.push_back(token);
    m_seen.push_back(token);
    ++(m_state.insideThought ? m_state.thoughtTokens : m_state.answerTokens);
    m_sampler.accept(token);
    const bool stopped = emit(m_splitter.push(token, m_tokenizer.bytes(token)));
    m_state.insideThought = m_splitter.insideThought();
    m_hooks.steering->written(token, m_state);
    if (m_hooks.filter)
        m_hooks.filter->written(token, m_state);
    return stopped;
}

void Chain::intervene(Intervention intervention)
{
    intervention.at = m_state.written();
    const std::span<const TokenId> tokens = intervention.tokens;
    const auto count = static_cast<std::size_t>(intervention.closing);
    for (const TokenId token : tokens.first(tokens.size() - count)) {
        if (write(token))
            m_end = EndReason::Stop;
    }
    if (count > 0) {
        m_state.tokens.insert(m_state.tokens.end(), tokens.end() - intervention.closing, tokens.end());
        m_seen.insert(m_seen.end(), tokens.end() - intervention.closing, tokens.end());
        m_state.thoughtTokens += intervention.closing;
        m_state.thoughtClosedByLimit = true;
        emit(m_splitter.closeThought(intervention.closing));
        m_state.insideThought = m_splitter.insideThought();
    }
    if (intervention.forgotten > 0)
        forget(intervention.forgotten);
    m_hooks.steering->intervened(intervention, m_state);
    tell(intervention);
}

// The model goes on from an earlier place, in another way: at least the token before it is read again, since its logits
// are wanted.
void Chain::forget(int count)
{
    const auto least = static_cast<std::size_t>(m_state.promptTokens);
    const std::size_t kept = std::max(least, m_seen.size() - std::min(m_seen.size(), static_cast<std::size_t>(count)));
    if (kept == m_seen.size())
        return;
    m_forbidden.erase(m_forbidden.upper_bound(kept), m_forbidden.end());
    m_forbidden[kept].push_back(m_seen[kept]);
    m_seen.resize(kept);
    if (!m_resuming)
        m_sequence.rewind(static_cast<int>(kept) - 1);
}

void Chain::tell(const RunEvent& event) const
{
    if (m_onRun)
        m_onRun(event);
}

void Chain::end(EndReason reason)
{
    if (ended())
        return;
    emit(m_splitter.finish());
    const int position = static_cast<int>(m_state.tokens.size());
    emitAnswer(m_stopStrings.flush(), {position, position});
    const bool atLimit = reason == EndReason::Length || reason == EndReason::Context;
    const bool unanswered = m_state.thoughtClosedByLimit && m_state.answerTokens == 0;
    m_end = atLimit && unanswered ? EndReason::Budget : reason;
}

// True when a stop string was completed; nothing after it is told.
bool Chain::emit(const std::vector<StreamPiece>& pieces)
{
    for (const StreamPiece& piece : pieces) {
        const TokenRange range{m_state.promptTokens + piece.beginToken, m_state.promptTokens + piece.endToken};
        if (piece.channel == StreamChannel::Thought) {
            m_onEvent(ThoughtDelta{piece.text, range});
        } else if (piece.channel == StreamChannel::ThoughtEnd) {
            m_onEvent(ThoughtEnd{piece.endToken - piece.beginToken});
        } else {
            const StopStrings::Output output = m_stopStrings.push(piece.text);
            emitAnswer(output.text, range);
            if (output.stopped)
                return true;
        }
    }
    return false;
}

void Chain::emitAnswer(std::string text, TokenRange range)
{
    if (!text.empty())
        m_onEvent(AnswerDelta{std::move(text), range});
}

} // namespace lemma::engine
