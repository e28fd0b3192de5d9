#include "engine/runtime/consensus_generation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "engine/runtime/chain.h"
#include "engine/runtime/loaded_model.h"
#include "engine/runtime/prompt_reading.h"
#include "engine/runtime/request_hooks.h"
#include "engine/runtime/step_loop.h"
#include "engine/runtime/vote_tally.h"

namespace lemma::engine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int mostChains = 1024;

// A chain with what it has told so far.
struct Voter {
    std::optional<Chain> chain;
    std::vector<Event> events;
    LanguageDetector language; // of its thought
    ChainOutcome outcome;
    bool counted = false; // its end has been told and its vote counted
};

class Consensus {
public:
    Consensus(LoadedModel& model, const GenerationRequest& request, const std::stop_token& stop)
        : m_model(model),
          m_request(request),
          m_options(*request.consensus),
          m_stop(stop),
          m_tally(m_options.chains, sameAnswer())
    {
    }
    Result<GenerationSummary> run();

private:
    std::function<bool(const std::string&, const std::string&)> sameAnswer() const;
    Result<void> check(const PreparedPrompt& prompt) const;
    Result<void> addVoters(const PreparedPrompt& prompt, ReadPrompt read, StepLoop& loop);
    Result<void> decode(StepLoop& loop);
    void settle(const Usage& shared);
    void tell(const Voter& winner) const;
    void collect(int index, const Event& event);
    void countEnded();
    void count(int index);
    std::optional<std::string> ballotOf(const ChainText& text) const;
    bool decided() const;
    int best() const;
    ConsensusResult result() const;
    int tokensSaved() const;

    LoadedModel& m_model;
    const GenerationRequest& m_request;
    const ConsensusOptions& m_options;
    const std::stop_token& m_stop;
    VoteTally m_tally;
    std::vector<std::unique_ptr<Voter>> m_voters; // chains point to their own
    bool m_decidedEarly = false;
};

std::function<bool(const std::string&, const std::string&)> Consensus::sameAnswer() const
{
    if (m_options.sameAnswer)
        return m_options.sameAnswer;
    return std::equal_to<>();
}

Result<GenerationSummary> Consensus::run()
{
    GenerationSummary summary;
    LEMMA_TRY(const PreparedPrompt prompt, preparePrompt(m_model, m_request));
    LEMMA_CHECK(check(prompt));
    summary.usage.promptTokens = static_cast<int>(prompt.tokens.size());
    const auto started = Clock::now();
    LEMMA_TRY(std::optional<ReadPrompt> read, readPrompt(m_model, prompt.tokens, m_request.onEvent, m_stop));
    const auto decodeStarted = Clock::now();
    summary.usage.prefillTime = decodeStarted - started;
    summary.reason = EndReason::Cancelled;
    if (!read)
        return summary;
    summary.usage.reusedTokens = read->reused;

    StepLoop loop(m_model);
    LEMMA_CHECK(addVoters(prompt, std::move(*read), loop));
    LEMMA_CHECK(decode(loop));
    summary.usage.decodeTime = Clock::now() - decodeStarted;
    settle(summary.usage);
    const auto outcome = std::make_shared<const ConsensusResult>(result());
    const Voter& winner = *m_voters[static_cast<std::size_t>(outcome->winner)];
    tell(winner);
    summary.usage = winner.outcome.usage;
    summary.thoughtClosedByLimit = winner.chain->state().thoughtClosedByLimit;
    summary.thoughtLanguage = winner.language.report();
    summary.reason = m_stop.stop_requested() ? EndReason::Cancelled : winner.outcome.text.reason;
    summary.consensus = outcome;
    return summary;
}

// Every chain's usage, of the prompt's and its own tokens.
void Consensus::settle(const Usage& shared)
{
    for (const auto& voter : m_voters) {
        const ChainState& state = voter->chain->state();
        Usage& usage = voter->outcome.usage;
        usage = shared;
        usage.thoughtTokens = state.thoughtTokens;
        usage.answerTokens = state.answerTokens;
        usage.draftedTokens = state.draftedTokens;
        usage.acceptedTokens = state.acceptedTokens;
    }
}

// The winner's run and events, as if it had been alone.
void Consensus::tell(const Voter& winner) const
{
    if (m_request.onRun)
        tellRun(winner.outcome.run, m_request.onRun);
    for (const Event& event : winner.events)
        m_request.onEvent(event);
}

Result<void> Consensus::check(const PreparedPrompt& prompt) const
{
    if (m_options.chains < 1 || m_options.chains > mostChains)
        return fail(ErrorCode::InvalidArgument, fmt::format("{} chains: from 1 to {}", m_options.chains, mostChains));
    if (m_request.earlier)
        return fail(ErrorCode::InvalidArgument, "an earlier run is gone on with by one chain, not by several");
    if (prompt.sampling.temperature == 0 && m_options.chains > 1)
        return fail(ErrorCode::InvalidArgument,
                    "at temperature 0 all chains are the same: there is nothing to vote on");
    LEMMA_CHECK(Sampler::create(prompt.sampling, prompt.sampling.seed));
    return {};
}

Result<void> Consensus::addVoters(const PreparedPrompt& prompt, ReadPrompt read, StepLoop& loop)
{
    for (int i = 0; i < m_options.chains; ++i) {
        m_voters.push_back(std::make_unique<Voter>());
        Voter& voter = *m_voters.back();
        RunRecord& run = voter.outcome.run;
        run = prompt.run;
        run.sampling.seed += static_cast<std::uint64_t>(i);
        LEMMA_TRY(Sampler sampler, Sampler::create(run.sampling, run.sampling.seed));
        LEMMA_TRY(DecodeHooks hooks, makeHooks(m_model, m_request, prompt));
        LEMMA_TRY(Sequence sequence, read.sequence.fork());
        voter.chain.emplace(ChainSetup{&m_model.tokenizer(), prompt.tokens, prompt.thoughtOpened,
                                       prompt.family == TemplateFamily::R1Zero, std::move(sampler), run.stopStrings,
                                       std::move(hooks), [this, i](const Event& event) { collect(i, event); },
                                       [&run](const RunEvent& event) { apply(run, event); }},
                            std::move(sequence));
        loop.add(*voter.chain, read.logits);
    }
    return {};
}

Result<void> Consensus::decode(StepLoop& loop)
{
    while (!m_stop.stop_requested()) {
        LEMMA_TRY(const bool more, loop.round());
        countEnded();
        if (!more)
            break;
        if (decided()) {
            m_decidedEarly = true;
            break;
        }
    }
    for (const auto& voter : m_voters) {
        if (!voter->chain->ended()) {
            voter->chain->end(EndReason::Cancelled);
            voter->outcome.stoppedEarly = m_decidedEarly;
        }
    }
    countEnded();
    loop.releaseEnded();
    return {};
}

void Consensus::collect(int index, const Event& event)
{
    Voter& voter = *m_voters[static_cast<std::size_t>(index)];
    voter.events.push_back(event);
    if (const auto* thought = std::get_if<ThoughtDelta>(&event)) {
        voter.outcome.text.thought += thought->text;
        voter.language.add(thought->text);
        m_request.onEvent(ChainDelta{index, true, thought->text, thought->tokens});
    } else if (const auto* answer = std::get_if<AnswerDelta>(&event)) {
        voter.outcome.text.answer += answer->text;
        m_request.onEvent(ChainDelta{index, false, answer->text, answer->tokens});
    }
}

void Consensus::countEnded()
{
    for (int i = 0; i < m_options.chains; ++i) {
        Voter& voter = *m_voters[static_cast<std::size_t>(i)];
        if (voter.chain->ended() && !std::exchange(voter.counted, true))
            count(i);
    }
}

void Consensus::count(int index)
{
    Voter& voter = *m_voters[static_cast<std::size_t>(index)];
    const ChainState& state = voter.chain->state();
    ChainOutcome& outcome = voter.outcome;
    outcome.text.reason = voter.chain->reason();
    outcome.text.thoughtClosed = !state.insideThought;
    ChainEnd end{index, outcome.text.reason, state.written(), {}, {}, {}};
    if (outcome.text.reason == EndReason::Cancelled)
        m_tally.abstain(index); // half an answer is none
    else if (m_options.score)
        end.score = outcome.score = m_options.score(outcome.text);
    else if (outcome.ballot = ballotOf(outcome.text); outcome.ballot)
        end.group = m_tally.vote(index, *outcome.ballot);
    else
        m_tally.abstain(index);
    end.ballot = outcome.ballot;
    m_request.onEvent(std::move(end));
}

std::optional<std::string> Consensus::ballotOf(const ChainText& text) const
{
    if (m_options.ballot)
        return m_options.ballot(text);
    return text.answer.empty() ? std::nullopt : std::optional(text.answer);
}

bool Consensus::decided() const
{
    if (!m_options.score)
        return m_options.stopWhenDecided && m_tally.decided();
    return m_options.goodEnough && std::ranges::any_of(m_voters, [this](const auto& voter) {
               return voter->outcome.score && *voter->outcome.score >= *m_options.goodEnough;
           });
}

// By score; a chain without one (stopped) or with one that is no number comes last.
int Consensus::best() const
{
    const auto scoreOf = [](const auto& voter) {
        const double score = voter->outcome.score.value_or(std::nan(""));
        return std::isnan(score) ? -std::numeric_limits<double>::infinity() : score;
    };
    return static_cast<int>(std::ranges::max_element(m_voters, {}, scoreOf) - m_voters.begin());
}

ConsensusResult Consensus::result() const
{
    ConsensusResult result;
    for (const auto& voter : m_voters) {
        result.chains.push_back(voter->outcome);
        result.tokens += voter->chain->state().written();
    }
    result.decidedEarly = m_decidedEarly;
    result.tokensSaved = tokensSaved();
    if (m_options.score) {
        result.winner = best();
        return result;
    }
    result.groups = m_tally.ranking();
    if (!result.groups.empty())
        result.winner = *std::ranges::min_element(result.groups.front().chains);
    return result;
}

int Consensus::tokensSaved() const
{
    double ended = 0;
    double length = 0;
    for (const auto& voter : m_voters) {
        if (!voter->outcome.stoppedEarly) {
            ++ended;
            length += voter->chain->state().written();
        }
    }
    double saved = 0;
    for (const auto& voter : m_voters) {
        if (voter->outcome.stoppedEarly)
            saved += std::max(0.0, length / ended - voter->chain->state().written());
    }
    return static_cast<int>(saved);
}

} // namespace

Result<GenerationSummary> generateConsensus(LoadedModel& model, const GenerationRequest& request,
                                            const std::stop_token& stop)
{
    return Consensus(model, request, stop).run();
}

} // namespace lemma::engine
