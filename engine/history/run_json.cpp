#include "engine/history/run_json.h"

#include <nlohmann/json.hpp>

#include "engine/history/json_fields.h"
#include "engine/history/value_json.h"

namespace lemma::engine {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json optional(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

std::string_view loopsName(LoopPolicy policy)
{
    switch (policy) {
    case LoopPolicy::Resample: return "resample";
    case LoopPolicy::Ignore: return "ignore";
    case LoopPolicy::Close: break;
    }
    return "close";
}

Json limitsToJson(const GenerationLimits& limits)
{
    std::optional<double> seconds;
    if (limits.thinkingTime)
        seconds = limits.thinkingTime->count();
    return {{"maxTokens", limits.maxTokens},
            {"thinkingTokens", optional(limits.thinkingTokens)},
            {"thinkingSeconds", optional(seconds)},
            {"answerReserve", optional(limits.answerReserve)},
            {"answerNowAfter", optional(limits.answerNowAfter)},
            {"contextTokens", limits.contextTokens},
            {"loops", loopsName(limits.loops)}};
}

GenerationLimits limitsFromJson(const Json& object)
{
    GenerationLimits limits;
    readField(object, "maxTokens", limits.maxTokens);
    readField(object, "contextTokens", limits.contextTokens);
    limits.thinkingTokens = field<int>(object, "thinkingTokens");
    limits.answerReserve = field<int>(object, "answerReserve");
    limits.answerNowAfter = field<int>(object, "answerNowAfter");
    if (const auto seconds = field<double>(object, "thinkingSeconds"))
        limits.thinkingTime = std::chrono::duration<double>(*seconds);
    const std::string loops = field<std::string>(object, "loops").value_or("");
    for (const LoopPolicy policy : {LoopPolicy::Ignore, LoopPolicy::Resample})
        if (loops == loopsName(policy))
            limits.loops = policy;
    return limits;
}

Json adaptersToJson(const AdapterChoices& adapters)
{
    Json files = Json::array();
    for (const AdapterChoice& choice : adapters.files)
        files.push_back({{"file", choice.file}, {"scale", choice.scale}, {"hash", choice.hash}});
    return {{"mode", adapterModeName(adapters.mode)}, {"files", std::move(files)}};
}

AdapterChoices adaptersFromJson(const Json& object)
{
    AdapterChoices adapters;
    if (field<std::string>(object, "mode") == adapterModeName(AdapterMode::Merge))
        adapters.mode = AdapterMode::Merge;
    for (const Json& file : object.value("files", Json::array())) {
        if (!file.is_object())
            continue;
        AdapterChoice& choice = adapters.files.emplace_back();
        readField(file, "file", choice.file);
        readField(file, "scale", choice.scale);
        readField(file, "hash", choice.hash);
    }
    return adapters;
}

Json grammarToJson(const GrammarSource& grammar)
{
    const bool schema = grammar.notation == GrammarSource::Notation::JsonSchema;
    return {{"notation", schema ? "json-schema" : "gbnf"}, {"text", grammar.text}};
}

GrammarSource grammarFromJson(const Json& object)
{
    GrammarSource grammar;
    if (field<std::string>(object, "notation") == "json-schema")
        grammar.notation = GrammarSource::Notation::JsonSchema;
    readField(object, "text", grammar.text);
    return grammar;
}

} // namespace

std::string runToJson(const RunRecord& run)
{
    Json object{{"model", run.modelHash},
                {"template", run.templateName},
                {"thoughtOpened", run.thoughtOpened},
                {"sampling", samplingToJson(run.sampling)},
                {"limits", limitsToJson(run.limits)},
                {"stopStrings", run.stopStrings}};
    if (run.grammar)
        object["grammar"] = grammarToJson(*run.grammar);
    if (!run.thinkIn.empty())
        object["thinkIn"] = run.thinkIn;
    if (!run.adapters.files.empty())
        object["adapters"] = adaptersToJson(run.adapters);
    return jsonLine(object);
}

bool runFromJson(std::string_view text, RunRecord& run)
{
    const Json object = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object())
        return false;
    run.modelHash = field<std::string>(object, "model").value_or("");
    run.templateName = field<std::string>(object, "template").value_or("");
    run.thoughtOpened = field<bool>(object, "thoughtOpened").value_or(false);
    run.sampling = samplingFromObject(object.value("sampling", Json::object()));
    run.limits = limitsFromJson(object.value("limits", Json::object()));
    for (const Json& stop : object.value("stopStrings", Json::array()))
        if (stop.is_string())
            run.stopStrings.push_back(stop.get<std::string>());
    run.thinkIn = field<std::string>(object, "thinkIn").value_or("");
    if (const auto grammar = object.find("grammar"); grammar != object.end() && grammar->is_object())
        run.grammar = grammarFromJson(*grammar);
    if (const auto adapters = object.find("adapters"); adapters != object.end() && adapters->is_object())
        run.adapters = adaptersFromJson(*adapters);
    return true;
}

std::string interventionsToLines(const std::vector<Intervention>& interventions)
{
    std::string lines;
    for (const Intervention& intervention : interventions)
        lines += jsonLine({{"cause", interventionCauseName(intervention.cause)},
                           {"at", intervention.at},
                           {"tokens", intervention.tokens},
                           {"closing", intervention.closing},
                           {"forgotten", intervention.forgotten}}) +
                 "\n";
    return lines;
}

std::vector<Intervention> interventionsFromLines(std::string_view lines)
{
    std::vector<Intervention> interventions;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const Json object = Json::parse(lines.substr(0, end), nullptr, /*allow_exceptions=*/false);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (!object.is_object())
            continue;
        Intervention& read = interventions.emplace_back();
        read.cause = interventionCauseFromName(field<std::string>(object, "cause").value_or(""));
        readField(object, "at", read.at);
        readField(object, "closing", read.closing);
        readField(object, "forgotten", read.forgotten);
        for (const Json& token : object.value("tokens", Json::array()))
            if (token.is_number_integer())
                read.tokens.push_back(token.get<TokenId>());
    }
    return interventions;
}

std::string tokensToBytes(const std::vector<TokenId>& tokens)
{
    std::string bytes;
    for (const TokenId token : tokens)
        for (int shift = 0; shift < 32; shift += 8)
            bytes.push_back(static_cast<char>(static_cast<std::uint32_t>(token) >> shift));
    return bytes;
}

std::vector<TokenId> tokensFromBytes(std::string_view bytes)
{
    std::vector<TokenId> tokens;
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t token = 0;
        for (std::size_t i = 0; i < 4; ++i)
            token |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
        tokens.push_back(static_cast<TokenId>(token));
    }
    return tokens;
}

} // namespace lemma::engine
