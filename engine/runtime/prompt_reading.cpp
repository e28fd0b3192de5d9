#include "engine/runtime/prompt_reading.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/chat/encode_prompt.h"
#include "engine/chat/family_defaults.h"
#include "engine/runtime/loaded_model.h"

namespace lemma::engine {
namespace {

// Long enough for the matrix kernels to work at full speed, short enough for Stop to be felt at once on a slow machine.
constexpr int prefillChunk = 256;

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

Result<std::shared_ptr<const Grammar>> grammarOf(const GenerationRequest& request)
{
    if (!request.grammar)
        return std::shared_ptr<const Grammar>();
    const std::string& text = request.grammar->text;
    LEMMA_TRY(Grammar grammar, request.grammar->notation == GrammarSource::Notation::JsonSchema
                                   ? Grammar::fromJsonSchema(text)
                                   : Grammar::fromGbnf(text));
    return std::make_shared<const Grammar>(std::move(grammar));
}

// A conversation that fits into the context must fit into the cache as well, with a page to spare for a copy of one
// that is shared: what ends it is then a limit that is seen coming, not an error.
int contextOf(const LoadedModel& model, const GenerationRequest& request)
{
    const KvCache& cache = model.prefixes().cache();
    const std::int64_t held = cache.maxTokens() - cache.layout().pageTokens;
    const int context = std::min(request.limits.contextTokens, model.model().config().contextLength);
    return static_cast<int>(std::min<std::int64_t>(context, held));
}

} // namespace

Result<PreparedPrompt> preparePrompt(const LoadedModel& model, const GenerationRequest& request)
{
    LEMMA_TRY(const TemplateFamily family, familyOf(model, request));
    const RenderedPrompt rendered = renderPrompt(family, request.conversation, {});
    std::vector<TokenId> tokens = encodePrompt(model.tokenizer(), rendered);
    const int context = contextOf(model, request);
    const int length = static_cast<int>(tokens.size());
    if (length == 0)
        return fail(ErrorCode::InvalidArgument, "there is nothing to answer");
    if (length >= context)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the conversation has {} tokens, but the context holds only {}", length, context));
    LEMMA_TRY(std::shared_ptr<const Grammar> grammar, grammarOf(request));
    return PreparedPrompt{family,
                          samplingOf(family, request),
                          std::move(tokens),
                          rendered.thoughtOpened,
                          TokenLimits(request.limits, length, context),
                          std::move(grammar)};
}

Result<std::optional<ReadPrompt>> readPrompt(LoadedModel& model, const std::vector<TokenId>& tokens,
                                             const std::function<void(const Event&)>& onEvent,
                                             const std::stop_token& stop)
{
    LEMMA_TRY(Sequence sequence, model.prefixes().take(tokens));
    const int total = static_cast<int>(tokens.size());
    const int reused = sequence.length();
    std::vector<float> logits;
    onEvent(Prefill{reused, total, reused});
    for (int done = reused; done < total;) {
        if (stop.stop_requested()) {
            model.prefixes().keep(std::move(sequence));
            return std::nullopt;
        }
        const int count = std::min(prefillChunk, total - done);
        const Model::BatchItem item{
            &sequence, std::span(tokens).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(count)),
            false};
        LEMMA_CHECK(model.forward({&item, 1}, logits));
        done += count;
        onEvent(Prefill{done, total, reused});
    }
    return ReadPrompt{std::move(sequence), reused, std::move(logits)};
}

} // namespace lemma::engine
