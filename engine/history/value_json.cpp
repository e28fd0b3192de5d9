#include "engine/history/value_json.h"

#include <nlohmann/json.hpp>

#include "engine/history/json_fields.h"

namespace lemma::engine {
namespace {

using Json = nlohmann::ordered_json;

std::optional<Json> parseObject(std::string_view text)
{
    Json value = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!value.is_object())
        return std::nullopt;
    return value;
}

} // namespace

Json samplingToJson(const SamplingParameters& sampling)
{
    return {{"temperature", sampling.temperature},
            {"topK", sampling.topK},
            {"topP", sampling.topP},
            {"minP", sampling.minP},
            {"repetitionPenalty", sampling.repetitionPenalty},
            {"presencePenalty", sampling.presencePenalty},
            {"frequencyPenalty", sampling.frequencyPenalty},
            {"penaltyWindow", sampling.penaltyWindow},
            {"seed", sampling.seed}};
}

SamplingParameters samplingFromObject(const Json& object)
{
    SamplingParameters sampling;
    readField(object, "temperature", sampling.temperature);
    readField(object, "topK", sampling.topK);
    readField(object, "topP", sampling.topP);
    readField(object, "minP", sampling.minP);
    readField(object, "repetitionPenalty", sampling.repetitionPenalty);
    readField(object, "presencePenalty", sampling.presencePenalty);
    readField(object, "frequencyPenalty", sampling.frequencyPenalty);
    readField(object, "penaltyWindow", sampling.penaltyWindow);
    readField(object, "seed", sampling.seed);
    return sampling;
}

std::optional<SamplingParameters> samplingFromJson(std::string_view text)
{
    const auto object = parseObject(text);
    return object ? std::optional(samplingFromObject(*object)) : std::nullopt;
}

Json usageToJson(const Usage& usage)
{
    return {{"promptTokens", usage.promptTokens},       {"reusedTokens", usage.reusedTokens},
            {"thoughtTokens", usage.thoughtTokens},     {"answerTokens", usage.answerTokens},
            {"draftedTokens", usage.draftedTokens},     {"acceptedTokens", usage.acceptedTokens},
            {"loadSeconds", usage.loadTime.count()},    {"prefillSeconds", usage.prefillTime.count()},
            {"decodeSeconds", usage.decodeTime.count()}};
}

std::optional<Usage> usageFromJson(std::string_view text)
{
    const auto object = parseObject(text);
    if (!object)
        return std::nullopt;
    Usage usage;
    readField(*object, "promptTokens", usage.promptTokens);
    readField(*object, "reusedTokens", usage.reusedTokens);
    readField(*object, "thoughtTokens", usage.thoughtTokens);
    readField(*object, "answerTokens", usage.answerTokens);
    readField(*object, "draftedTokens", usage.draftedTokens);
    readField(*object, "acceptedTokens", usage.acceptedTokens);
    readField(*object, "loadSeconds", usage.loadTime);
    readField(*object, "prefillSeconds", usage.prefillTime);
    readField(*object, "decodeSeconds", usage.decodeTime);
    return usage;
}

std::string jsonLine(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

} // namespace lemma::engine
