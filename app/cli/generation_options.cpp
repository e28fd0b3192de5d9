#include "app/cli/generation_options.h"

#include <random>

#include <CLI/CLI.hpp>

#include "engine/catalogue/installed_models.h"
#include "engine/chat/family_defaults.h"
#include "engine/gguf/gguf_file.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

// What the model's authors recommend; R1's values where the file does not tell its family.
SamplingParameters recommended(const std::filesystem::path& model, const std::optional<TemplateFamily>& chosen)
{
    if (chosen)
        return recommendedSampling(*chosen);
    const Result<GgufFile> file = GgufFile::open(model);
    if (!file)
        return {}; // the engine will tell what is wrong with it
    const Result<TemplateFamily> family = recogniseTemplate(file->string("tokenizer.chat_template").value_or(""));
    return family ? recommendedSampling(*family) : SamplingParameters{};
}

std::vector<std::string> templateNames()
{
    std::vector<std::string> names;
    for (const TemplateFamily family : allTemplateFamilies())
        names.emplace_back(templateFamilyName(family));
    return names;
}

std::uint64_t randomSeed()
{
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) | device();
}

} // namespace

void GenerationOptions::addTo(CLI::App& command)
{
    command.add_option("-m,--model", model, "Model: a path, a name, or a part of one [the last used one]");
    command.add_option("--template", templateName, "Chat template, where the model's own is unknown [the model's]")
        ->check(CLI::IsMember(templateNames()));
    command.add_option("--session", session, "Continue this session (see `lemma-cli history`)");
    command.add_flag("--no-history", noHistory, "Do not store the conversation");
    command.add_option("--seed", seed, "The same seed gives the same text [random]");
    command.add_option("--temperature", temperature, "0 takes the most likely token always [the model's]")
        ->check(CLI::Range(0.0, 100.0));
    command.add_option("--top-p", topP, "Smallest set of tokens of this probability [the model's]")
        ->check(CLI::Range(0.0, 1.0));
    command.add_option("--top-k", topK, "The k most likely tokens; 0: all [the model's]")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--min-p", minP, "Drop tokens below this share of the most likely one's [the model's]")
        ->check(CLI::Range(0.0, 1.0));
    command.add_option("--repetition-penalty", repetitionPenalty, "1: none [the model's]")
        ->check(CLI::Range(0.01, 100.0));
    command.add_option("--presence-penalty", presencePenalty, "0: none [the model's]")
        ->check(CLI::Range(-100.0, 100.0));
    command.add_option("--max-tokens", maxTokens, "Most new tokens, thought and answer together")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    command.add_option("--thinking-budget", thinkingBudget, "Close the thought at this many tokens [no limit]")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--context", context, "Tokens that the model can see at once")
        ->check(CLI::Range(16, 10'000'000))
        ->capture_default_str();
    command.add_option("--threads", threads, "Threads of computation; 0: one a core")->check(CLI::Range(0, 4096));
}

Result<GenerationRequest> GenerationOptions::request(const std::string& lastUsed) const
{
    GenerationRequest request;
    LEMMA_TRY(request.model, resolveModel(model, listInstalledModels(modelDirectories()), lastUsed));
    request.seed = seed ? *seed : randomSeed();
    request.limits = {maxTokens, thinkingBudget, context};
    request.templateFamily = templateFamilyFromName(templateName);
    SamplingParameters sampling = recommended(request.model, request.templateFamily);
    sampling.seed = request.seed;
    sampling.temperature = temperature.value_or(sampling.temperature);
    sampling.topP = topP.value_or(sampling.topP);
    sampling.topK = topK.value_or(sampling.topK);
    sampling.minP = minP.value_or(sampling.minP);
    sampling.repetitionPenalty = repetitionPenalty.value_or(sampling.repetitionPenalty);
    sampling.presencePenalty = presencePenalty.value_or(sampling.presencePenalty);
    request.sampling = sampling;
    return request;
}

Result<std::string> lastUsedModel(const GenerationOptions& options)
{
    Result<HistoryStore> store = HistoryStore::open(defaultHistoryPath());
    if (!store) {
        if (options.session)
            return fail(store.error());
        return std::string();
    }
    if (options.session) {
        LEMMA_TRY(const Session session, store->session(*options.session));
        return session.model;
    }
    const Result<std::vector<Session>> sessions = store->sessions();
    return sessions && !sessions->empty() ? sessions->front().model : std::string();
}

} // namespace lemma::app
