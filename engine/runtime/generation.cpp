#include "engine/runtime/generation.h"

#include <utility>

#include "engine/runtime/chain.h"
#include "engine/runtime/consensus_generation.h"
#include "engine/runtime/loaded_model.h"
#include "engine/runtime/prompt_reading.h"
#include "engine/runtime/request_hooks.h"
#include "engine/runtime/step_loop.h"

namespace lemma::engine {
namespace {

using Clock = std::chrono::steady_clock;

// Without what is told as it happens.
RunRecord description(RunRecord run)
{
    run.tokens.clear();
    run.interventions.clear();
    return run;
}

Result<Chain> beginChain(LoadedModel& model, const GenerationRequest& request, const PreparedPrompt& prompt,
                         Sequence sequence, const std::function<void(const Event&)>& onEvent)
{
    LEMMA_TRY(Sampler sampler, Sampler::create(prompt.sampling, prompt.sampling.seed));
    LEMMA_TRY(DecodeHooks hooks, makeHooks(model, request, prompt));
    Chain chain({&model.tokenizer(), prompt.tokens, prompt.thoughtOpened, prompt.family == TemplateFamily::R1Zero,
                 std::move(sampler), prompt.run.stopStrings, std::move(hooks), onEvent, request.onRun},
                std::move(sequence));
    chain.resume(prompt.run.tokens, prompt.run.interventions);
    return chain;
}

Result<void> decode(LoadedModel& model, Chain& chain, std::span<const float> logits, const std::stop_token& stop)
{
    StepLoop loop(model);
    loop.add(chain, logits);
    while (!stop.stop_requested()) {
        LEMMA_TRY(const bool more, loop.round());
        if (!more)
            break;
    }
    chain.end(EndReason::Cancelled); // where it has not ended by itself
    loop.releaseEnded();
    return {};
}

} // namespace

Result<GenerationSummary> generate(LoadedModel& model, const GenerationRequest& request, const std::stop_token& stop)
{
    if (request.consensus)
        return generateConsensus(model, request, stop);
    GenerationSummary summary;
    LEMMA_TRY(const PreparedPrompt prompt, preparePrompt(model, request));
    LEMMA_CHECK(Sampler::create(prompt.sampling, prompt.sampling.seed)); // before time is spent on the prompt
    summary.usage.promptTokens = static_cast<int>(prompt.tokens.size());
    const auto started = Clock::now();
    if (request.onRun)
        request.onRun(RunBegun{description(prompt.run)});
    std::vector<TokenId> known = prompt.tokens;
    const std::vector<TokenId> seen = seenTokens(prompt.run.tokens, prompt.run.interventions);
    known.insert(known.end(), seen.begin(), seen.end());
    LEMMA_TRY(std::optional<ReadPrompt> read, readPrompt(model, known, request.onEvent, stop));
    const auto decodeStarted = Clock::now();
    summary.usage.prefillTime = decodeStarted - started;
    summary.reason = EndReason::Cancelled;
    if (!read)
        return summary;
    summary.usage.reusedTokens = read->reused;

    LanguageDetector language;
    const auto onEvent = [&](const Event& event) {
        if (const auto* thought = std::get_if<ThoughtDelta>(&event))
            language.add(thought->text);
        request.onEvent(event);
    };
    LEMMA_TRY(Chain chain, beginChain(model, request, prompt, std::move(read->sequence), onEvent));
    LEMMA_CHECK(decode(model, chain, read->logits, stop));
    summary.usage.decodeTime = Clock::now() - decodeStarted;
    model.saveNewest();
    summary.usage.thoughtTokens = chain.state().thoughtTokens;
    summary.usage.answerTokens = chain.state().answerTokens;
    summary.usage.draftedTokens = chain.state().draftedTokens;
    summary.usage.acceptedTokens = chain.state().acceptedTokens;
    summary.thoughtClosedByLimit = chain.state().thoughtClosedByLimit;
    summary.thoughtLanguage = language.report();
    summary.reason = chain.reason();
    return summary;
}

} // namespace lemma::engine
