#include "engine/history/value_json.h"

#include <type_traits>

#include <nlohmann/json.hpp>

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

template <class T>
void read(const Json& object, const char* name, T& out)
{
    const auto it = object.find(name);
    if (it == object.end())
        return;
    if (std::is_integral_v<T> ? it->is_number_integer() : it->is_number())
        out = it->get<T>();
}

void read(const Json& object, const char* name, std::chrono::duration<double>& out)
{
    double seconds = out.count();
    read(object, name, seconds);
    out = std::chrono::duration<double>(seconds);
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

std::optional<SamplingParameters> samplingFromJson(std::string_view text)
{
    const auto object = parseObject(text);
    if (!object)
        return std::nullopt;
    SamplingParameters sampling;
    read(*object, "temperature", sampling.temperature);
    read(*object, "topK", sampling.topK);
    read(*object, "topP", sampling.topP);
    read(*object, "minP", sampling.minP);
    read(*object, "repetitionPenalty", sampling.repetitionPenalty);
    read(*object, "presencePenalty", sampling.presencePenalty);
    read(*object, "frequencyPenalty", sampling.frequencyPenalty);
    read(*object, "penaltyWindow", sampling.penaltyWindow);
    read(*object, "seed", sampling.seed);
    return sampling;
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
    read(*object, "promptTokens", usage.promptTokens);
    read(*object, "reusedTokens", usage.reusedTokens);
    read(*object, "thoughtTokens", usage.thoughtTokens);
    read(*object, "answerTokens", usage.answerTokens);
    read(*object, "draftedTokens", usage.draftedTokens);
    read(*object, "acceptedTokens", usage.acceptedTokens);
    read(*object, "loadSeconds", usage.loadTime);
    read(*object, "prefillSeconds", usage.prefillTime);
    read(*object, "decodeSeconds", usage.decodeTime);
    return usage;
}

std::string jsonLine(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

} // namespace lemma::engine
