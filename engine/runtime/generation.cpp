#include "engine/runtime/generation.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/chat/encode_prompt.h"
#include "engine/chat/family_defaults.h"
#include "engine/chat/stream_splitter.h"
#include "engine/runtime/loaded_model.h"
#include "engine/runtime/loop_detector.h"
#include "engine/runtime/stop_strings.h"
#include "engine/runtime/token_limits.h"
#include "engine/sampling/sampler.h"

namespace lemma::engine {
namespace {

using Clock = std::chrono::steady_clock;

// Long enough for the matrix kernels to work at full speed, short enough for Stop to be felt at once on a slow machine.
constexpr int prefillChunk = 256;

// What closes a thought at a limit. In the model's own voice, so that the answer that follows is in its distribution.
constexpr std::string_view bridge =
    "\n\nI have thought about this for long enough, so I will answer with what I have.\n";

class Generation {
public:
    Generation(LoadedModel& model, const GenerationRequest& request, const std::stop_token& stop);
    Result<GenerationSummary> run();

private:
    Result<void> preparePrompt(TemplateFamily family);
    Result<bool> prefill();
    Result<EndReason> decode();
    Result<void> forward(std::span<const TokenId> tokens);
    bool accept(TokenId token);
    Result<void> closeThought();
    EndReason end(EndReason reason);
    bool emit(const std::vector<StreamPiece>& pieces);
    void emitAnswer(std::string text, TokenRange range);

    LoadedModel& m_model;
    const GenerationRequest& m_request;
    const std::stop_token& m_stop;
    std::vector<TokenId> m_prompt;
    std::optional<Sequence> m_sequence;
    std::optional<TokenLimits> m_limits;
    std::optional<StreamSplitter> m_splitter;
    std::optional<Sampler> m_sampler;
    StopStrings m_stopStrings;
    LoopDetector m_loops;
    std::vector<float> m_logits;
    int m_accepted = 0; // tokens of the prompt and those written since
    bool m_looping = false;
    GenerationSummary m_summary;
};

Result<TemplateFamily> familyOf(const LoadedModel& model, const GenerationRequest& request)
{
    if (request.templateFamily)
        return *request.templateFamily;
    return model.family();
}

SamplingParameters samplingOf(TemplateFamily family, const GenerationRequest& request)
{
    if (request.sampling)
        return *request.sampling;
    SamplingParameters parameters = recommendedSampling(family);
    parameters.seed = request.seed;
    return parameters;
}

Generation::Generation(LoadedModel& model, const GenerationRequest& request, const std::stop_token& stop)
    : m_model(model), m_request(request), m_stop(stop), m_stopStrings(request.stopStrings)
{
}

Result<GenerationSummary> Generation::run()
{
    LEMMA_TRY(const TemplateFamily family, familyOf(m_model, m_request));
    const SamplingParameters sampling = samplingOf(family, m_request);
    LEMMA_TRY(m_sampler, Sampler::create(sampling, sampling.seed));
    LEMMA_CHECK(preparePrompt(family));
    const auto prefillStarted = Clock::now();
    LEMMA_TRY(const bool complete, prefill());
    const auto decodeStarted = Clock::now();
    m_summary.usage.prefillTime = decodeStarted - prefillStarted;
    m_summary.reason = EndReason::Cancelled;
    Result<EndReason> reason = EndReason::Cancelled;
    if (complete)
        reason = decode();
    m_summary.usage.decodeTime = Clock::now() - decodeStarted;
    m_model.prefixes().keep(std::move(*m_sequence));
    if (!reason)
        return fail(std::move(reason).error());
    m_summary.reason = *reason;
    return m_summary;
}

Result<void> Generation::preparePrompt(TemplateFamily family)
{
    const RenderedPrompt rendered = renderPrompt(family, m_request.conversation, {});
    m_prompt = encodePrompt(m_model.tokenizer(), rendered);
    const int context = std::min(m_request.limits.contextTokens, m_model.model().config().contextLength);
    const int length = static_cast<int>(m_prompt.size());
    if (length == 0)
        return fail(ErrorCode::InvalidArgument, "there is nothing to answer");
    if (length >= context)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the conversation has {} tokens, but the context holds only {}", length, context));
    m_limits.emplace(m_request.limits, length, context);
    m_splitter.emplace(StreamSplitter::forTokenizer(m_model.tokenizer(), rendered.thoughtOpened));
    m_summary.usage.promptTokens = length;
    return {};
}

// False when stopped on the way.
Result<bool> Generation::prefill()
{
    LEMMA_TRY(m_sequence, m_model.prefixes().take(m_prompt));
    const int total = static_cast<int>(m_prompt.size());
    const int reused = m_sequence->length();
    m_summary.usage.reusedTokens = reused;
    m_request.onEvent(Prefill{reused, total, reused});
    for (int done = reused; done < total;) {
        if (m_stop.stop_requested())
            return false;
        const int count = std::min(prefillChunk, total - done);
        LEMMA_CHECK(
            forward(std::span(m_prompt).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(count))));
        done += count;
        m_request.onEvent(Prefill{done, total, reused});
    }
    m_accepted = total;
    return true;
}

// A full cache gives up the oldest conversations before it gives up this one.
Result<void> Generation::forward(std::span<const TokenId> tokens)
{
    const Model::BatchItem item{&*m_sequence, tokens, false};
    while (true) {
        auto result = m_model.model().forward({&item, 1}, m_logits);
        if (result || result.error().code != ErrorCode::OutOfMemory || !m_model.prefixes().evictOldest())
            return result;
    }
}

Result<EndReason> Generation::decode()
{
    while (!m_stop.stop_requested()) {
        const int written = m_accepted - m_summary.usage.promptTokens;
        if (m_splitter->insideThought() &&
            (m_looping || m_limits->thoughtMustEnd(written, m_summary.usage.thoughtTokens))) {
            LEMMA_CHECK(closeThought());
            continue;
        }
        if (const auto limit = m_limits->reached(written))
            return end(*limit);
        LEMMA_TRY(const TokenId token, m_sampler->sample(m_logits));
        if (m_model.tokenizer().isEndOfGeneration(token))
            return end(EndReason::Eos);
        if (accept(token))
            return EndReason::Stop;
        if (m_looping && !m_splitter->insideThought())
            return end(EndReason::Loop);
        LEMMA_CHECK(forward({&token, 1}));
    }
    return end(EndReason::Cancelled);
}

// Tells what a new token adds and counts it. True when it completed a stop string.
bool Generation::accept(TokenId token)
{
    ++m_accepted;
    ++(m_splitter->insideThought() ? m_summary.usage.thoughtTokens : m_summary.usage.answerTokens);
    m_sampler->accept(token);
    m_looping = m_loops.push(token);
    return emit(m_splitter->push(token, m_model.tokenizer().bytes(token)));
}

// Ends the thought in words, as the model itself would, and has the model read them, so that the answer goes on from
// there. Where the words would leave the answer no room, the tag alone has to do.
Result<void> Generation::closeThought()
{
    const Tokenizer& tokenizer = m_model.tokenizer();
    std::vector<TokenId> closing = tokenizer.encode("</think>", SpecialTokens::Parse);
    const std::vector<TokenId> gap = tokenizer.encode("\n\n", SpecialTokens::AsText);
    closing.insert(closing.end(), gap.begin(), gap.end());
    const int closingTokens = static_cast<int>(closing.size());

    std::vector<TokenId> tokens = tokenizer.encode(bridge, SpecialTokens::AsText);
    const int written = m_accepted - m_summary.usage.promptTokens;
    if (static_cast<int>(tokens.size()) + closingTokens >= m_limits->remaining(written))
        tokens.clear();
    for (const TokenId token : tokens)
        accept(token);
    m_accepted += closingTokens;
    m_summary.usage.thoughtTokens += closingTokens;
    emit(m_splitter->closeThought(closingTokens));
    tokens.insert(tokens.end(), closing.begin(), closing.end());
    m_looping = false;
    m_loops.reset();
    m_summary.thoughtClosedByLimit = true;
    return forward(tokens);
}

// What the splitter and the stop strings still held back is told before the end.
EndReason Generation::end(EndReason reason)
{
    emit(m_splitter->finish());
    emitAnswer(m_stopStrings.flush(), {m_accepted, m_accepted});
    const bool answered = m_summary.usage.answerTokens > 0;
    const bool atLimit = reason == EndReason::Length || reason == EndReason::Context;
    return atLimit && m_summary.thoughtClosedByLimit && !answered ? EndReason::Budget : reason;
}

// True when a stop string was completed; nothing after it is told.
bool Generation::emit(const std::vector<StreamPiece>& pieces)
{
    for (const StreamPiece& piece : pieces) {
        const TokenRange range{m_summary.usage.promptTokens + piece.beginToken,
                               m_summary.usage.promptTokens + piece.endToken};
        if (piece.channel == StreamChannel::Thought) {
            m_request.onEvent(ThoughtDelta{piece.text, range});
        } else if (piece.channel == StreamChannel::ThoughtEnd) {
            m_request.onEvent(ThoughtEnd{piece.endToken - piece.beginToken});
        } else {
            const StopStrings::Output output = m_stopStrings.push(piece.text);
            emitAnswer(output.text, range);
            if (output.stopped)
                return true;
        }
    }
    return false;
}

void Generation::emitAnswer(std::string text, TokenRange range)
{
    if (!text.empty())
        m_request.onEvent(AnswerDelta{std::move(text), range});
}

} // namespace

Result<GenerationSummary> generate(LoadedModel& model, const GenerationRequest& request, const std::stop_token& stop)
{
    return Generation(model, request, stop).run();
}

} // namespace lemma::engine
