#include "engine/runtime/prompt_reading.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/chat/encode_prompt.h"
#include "engine/chat/family_defaults.h"
#include "engine/chat/thought_words.h"
#include "engine/runtime/loaded_model.h"

namespace lemma::engine {
namespace {

Result<TemplateFamily> familyOf(const LoadedModel& model, const GenerationRequest& request)
{
    if (request.templateFamily)
        return *request.templateFamily;
    return model.family();
}

SamplingParameters samplingOf(TemplateFamily family, const GenerationRequest& request)
{
    SamplingParameters parameters = request.sampling.value_or(recommendedSampling(family));
    if (!request.sampling)
        parameters.seed = request.seed;
    return request.overrides.appliedTo(parameters);
}

Result<std::shared_ptr<const Grammar>> grammarOf(const std::optional<GrammarSource>& source)
{
    if (!source)
        return std::shared_ptr<const Grammar>();
    const std::string& text = source->text;
    LEMMA_TRY(Grammar grammar, source->notation == GrammarSource::Notation::JsonSchema ? Grammar::fromJsonSchema(text)
                                                                                       : Grammar::fromGbnf(text));
    return std::make_shared<const Grammar>(std::move(grammar));
}

// A conversation that fits into the context must fit into the cache as well, with a page to spare for a copy of one
// that is shared: what ends it is then a limit that is seen coming, not an error.
int contextOf(const LoadedModel& model, const GenerationLimits& limits)
{
    const KvCache& cache = model.prefixes().cache();
    const std::int64_t held = cache.maxTokens() - cache.layout().pageTokens;
    const int context = std::min(limits.contextTokens, model.model().config().contextLength);
    return static_cast<int>(std::min<std::int64_t>(context, held));
}

// The words that a thought begins with in a language of the user's choice.
Result<std::vector<Intervention>> thinkIn(const LoadedModel& model, const std::string& language, TemplateFamily family,
                                          bool thoughtOpened)
{
    const ThoughtWords* words = thoughtWords(language);
    if (!words)
        return fail(ErrorCode::Unsupported, fmt::format("Lemma cannot have a model think in \"{}\"", language));
    const bool opensItself = family == TemplateFamily::Qwen3 || family == TemplateFamily::R1Zero;
    if (!thoughtOpened && !opensItself)
        return fail(ErrorCode::Unsupported, "this model does not think aloud, so no language can be chosen for it");
    Intervention begin{InterventionCause::ThinkIn, 0, {}, 0};
    if (!thoughtOpened)
        begin.tokens = model.tokenizer().encode("<think>\n", family == TemplateFamily::R1Zero ? SpecialTokens::AsText
                                                                                              : SpecialTokens::Parse);
    const std::vector<TokenId> sentence = model.tokenizer().encode(words->begin, SpecialTokens::AsText);
    begin.tokens.insert(begin.tokens.end(), sentence.begin(), sentence.end());
    return std::vector<Intervention>{std::move(begin)};
}

Result<TokenLimits> limitsOf(const LoadedModel& model, const GenerationLimits& limits, int length)
{
    const int context = contextOf(model, limits);
    if (length == 0)
        return fail(ErrorCode::InvalidArgument, "there is nothing to answer");
    if (length >= context)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the conversation has {} tokens, but the context holds only {}", length, context));
    return TokenLimits(limits, length, context);
}

Result<PreparedPrompt> prepareEarlier(const LoadedModel& model, const GenerationRequest& request)
{
    const EarlierRun& earlier = *request.earlier;
    const RunRecord& run = earlier.run;
    LEMMA_TRY(std::shared_ptr<const Grammar> grammar, grammarOf(run.grammar));
    if (run.modelHash != model.fingerprint())
        return fail(ErrorCode::InvalidArgument, "this run was made with another model file");
    if (!run.adapters.sameEffect(model.adapters()))
        return fail(ErrorCode::InvalidArgument, "this run was made with another adapter");
    const auto known = [&](TokenId token) { return token >= 0 && token < model.tokenizer().vocabularySize(); };
    if (!std::all_of(run.prompt.begin(), run.prompt.end(), known) ||
        !std::all_of(run.tokens.begin(), run.tokens.end(), known))
        return fail(ErrorCode::CorruptFile, "the record of this run holds tokens that the model does not know");
    LEMMA_TRY(const TokenLimits limits, limitsOf(model, run.limits, static_cast<int>(run.prompt.size())));
    PreparedPrompt prompt{templateFamilyFromName(run.templateName).value_or(TemplateFamily::ChatMl),
                          run.sampling,
                          run.prompt,
                          run.thoughtOpened,
                          limits,
                          std::move(grammar),
                          run,
                          {}};
    const int keep = std::clamp(earlier.keep, 0, static_cast<int>(run.tokens.size()));
    prompt.run.tokens.resize(static_cast<std::size_t>(keep));
    prompt.run.interventions.clear();
    for (const Intervention& intervention : run.interventions) {
        const int end = intervention.at + static_cast<int>(intervention.tokens.size());
        if (intervention.closing < 0 || intervention.closing > std::ssize(intervention.tokens) ||
            intervention.forgotten < 0 || intervention.forgotten > intervention.at)
            return fail(ErrorCode::CorruptFile, "the record of this run is damaged");
        if (end <= keep)
            prompt.run.interventions.push_back(intervention);
        else if (intervention.at < keep)
            return fail(ErrorCode::InvalidArgument, "this place lies within words that were put in");
        else if (earlier.repeat)
            prompt.planned.push_back(intervention);
    }
    // A run that broke off before its first word has yet to begin as it was asked to.
    if (run.tokens.empty() && !run.thinkIn.empty()) {
        LEMMA_TRY(prompt.planned, thinkIn(model, run.thinkIn, prompt.family, run.thoughtOpened));
    }
    if (!earlier.insert.empty())
        prompt.planned.insert(
            prompt.planned.begin(),
            {earlier.insertCause, keep, model.tokenizer().encode(earlier.insert, SpecialTokens::AsText), 0});
    return prompt;
}

} // namespace

Result<PreparedPrompt> preparePrompt(const LoadedModel& model, const GenerationRequest& request)
{
    if (request.earlier)
        return prepareEarlier(model, request);
    LEMMA_TRY(const TemplateFamily family, familyOf(model, request));
    const RenderedPrompt rendered = renderPrompt(family, request.conversation, {});
    std::vector<TokenId> tokens = encodePrompt(model.tokenizer(), rendered);
    LEMMA_TRY(const TokenLimits limits, limitsOf(model, request.limits, static_cast<int>(tokens.size())));
    LEMMA_TRY(std::shared_ptr<const Grammar> grammar, grammarOf(request.grammar));
    PreparedPrompt prompt{
        family, samplingOf(family, request), std::move(tokens), rendered.thoughtOpened, limits, std::move(grammar), {},
        {}};
    if (!request.thinkIn.empty()) {
        LEMMA_TRY(prompt.planned, thinkIn(model, request.thinkIn, family, rendered.thoughtOpened));
    }
    prompt.run = {model.fingerprint(),
                  std::string(templateFamilyName(family)),
                  prompt.tokens,
                  prompt.thoughtOpened,
                  prompt.sampling,
                  request.limits,
                  request.stopStrings,
                  request.grammar,
                  model.adapters(),
                  request.thinkIn,
                  {},
                  {}};
    return prompt;
}

Result<std::optional<ReadPrompt>> readPrompt(LoadedModel& model, const std::vector<TokenId>& tokens,
                                             const std::function<void(const Event&)>& onEvent,
                                             const std::stop_token& stop)
{
    LEMMA_TRY(Sequence sequence, model.takePrefix(tokens));
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
