#include "engine/runtime/generation.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/chat/encode_prompt.h"
#include "engine/chat/family_defaults.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/limit_steering.h"
#include "engine/runtime/loaded_model.h"
#include "engine/runtime/step_loop.h"
#include "engine/runtime/token_limits.h"

namespace lemma::engine {
namespace {

using Clock = std::chrono::steady_clock;

// Long enough for the matrix kernels to work at full speed, short enough for Stop to be felt at once on a slow machine.
constexpr int prefillChunk = 256;

class Generation {
public:
    Generation(LoadedModel& model, const GenerationRequest& request, const std::stop_token& stop)
        : m_model(model), m_request(request), m_stop(stop)
    {
    }
    Result<GenerationSummary> run();

private:
    Result<void> preparePrompt(TemplateFamily family);
    Result<bool> prefill();
    Result<void> decode(Chain& chain);
    DecodeHooks hooks() const;

    LoadedModel& m_model;
    const GenerationRequest& m_request;
    const std::stop_token& m_stop;
    std::vector<TokenId> m_prompt;
    bool m_thoughtOpened = false;
    std::optional<TokenLimits> m_limits;
    std::optional<Sequence> m_sequence; // the prompt, as far as the model has read it
    std::vector<float> m_logits;        // of the prompt's last token
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

Result<GenerationSummary> Generation::run()
{
    LEMMA_TRY(const TemplateFamily family, familyOf(m_model, m_request));
    const SamplingParameters sampling = samplingOf(family, m_request);
    LEMMA_TRY(Sampler sampler, Sampler::create(sampling, sampling.seed));
    LEMMA_CHECK(preparePrompt(family));
    const auto prefillStarted = Clock::now();
    LEMMA_TRY(const bool complete, prefill());
    const auto decodeStarted = Clock::now();
    m_summary.usage.prefillTime = decodeStarted - prefillStarted;
    if (!complete) {
        m_model.prefixes().keep(std::move(*m_sequence));
        m_summary.reason = EndReason::Cancelled;
        return m_summary;
    }
    Chain chain({&m_model.tokenizer(), m_prompt, m_thoughtOpened, std::move(sampler), m_request.stopStrings, hooks(),
                 m_request.onEvent},
                std::move(*m_sequence));
    auto result = decode(chain);
    m_model.prefixes().keep(std::move(chain.sequence()));
    if (!result)
        return fail(std::move(result).error());
    m_summary.usage.decodeTime = Clock::now() - decodeStarted;
    m_summary.usage.thoughtTokens = chain.state().thoughtTokens;
    m_summary.usage.answerTokens = chain.state().answerTokens;
    m_summary.thoughtClosedByLimit = chain.state().thoughtClosedByLimit;
    m_summary.reason = chain.reason();
    return m_summary;
}

Result<void> Generation::preparePrompt(TemplateFamily family)
{
    const RenderedPrompt rendered = renderPrompt(family, m_request.conversation, {});
    m_prompt = encodePrompt(m_model.tokenizer(), rendered);
    m_thoughtOpened = rendered.thoughtOpened;
    const int context = std::min(m_request.limits.contextTokens, m_model.model().config().contextLength);
    const int length = static_cast<int>(m_prompt.size());
    if (length == 0)
        return fail(ErrorCode::InvalidArgument, "there is nothing to answer");
    if (length >= context)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the conversation has {} tokens, but the context holds only {}", length, context));
    m_limits.emplace(m_request.limits, length, context);
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
        const Model::BatchItem item{
            &*m_sequence, std::span(m_prompt).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(count)),
            false};
        LEMMA_CHECK(m_model.forward({&item, 1}, m_logits));
        done += count;
        m_request.onEvent(Prefill{done, total, reused});
    }
    return true;
}

// All that takes part in the writing of this request's chains.
DecodeHooks Generation::hooks() const
{
    DecodeHooks hooks;
    hooks.steering = std::make_unique<LimitSteering>(m_model.tokenizer(), *m_limits);
    return hooks;
}

Result<void> Generation::decode(Chain& chain)
{
    StepLoop loop(m_model);
    loop.add(chain, m_logits);
    while (!m_stop.stop_requested()) {
        LEMMA_TRY(const bool more, loop.round());
        if (!more)
            break;
    }
    chain.end(EndReason::Cancelled); // where it has not ended by itself
    return {};
}

} // namespace

Result<GenerationSummary> generate(LoadedModel& model, const GenerationRequest& request, const std::stop_token& stop)
{
    return Generation(model, request, stop).run();
}

} // namespace lemma::engine
