#include "app/cli/generation_options.h"

#include <charconv>
#include <cmath>
#include <random>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/catalogue/installed_models.h"
#include "engine/chat/thought_words.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

std::vector<std::string> templateNames()
{
    std::vector<std::string> names;
    for (const TemplateFamily family : allTemplateFamilies())
        names.emplace_back(templateFamilyName(family));
    return names;
}

std::vector<std::string> languages()
{
    std::vector<std::string> names{"auto"};
    for (const ThoughtWords& words : allThoughtWords())
        names.emplace_back(words.language);
    return names;
}

// "512" tokens, or "30s".
Result<void> readBudget(const std::string& text, GenerationLimits& limits)
{
    if (text.empty())
        return {};
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
    const bool whole = number == std::floor(number) && number <= 10'000'000;
    if (error != std::errc() || !(number >= 0) || (unit != "s" && !(unit.empty() && whole)))
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("\"{}\" is no thinking budget: give tokens, such as 512, or seconds, such as 30s", text));
    if (unit == "s")
        limits.thinkingTime = std::chrono::duration<double>(number);
    else
        limits.thinkingTokens = static_cast<int>(number);
    return {};
}

std::uint64_t randomSeed()
{
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) | device();
}

} // namespace

void GenerationOptions::addTo(CLI::App& command)
{
    command.add_option("--session", session, "Continue this session (see `lemma-cli history`)");
    command.add_flag("--no-history", noHistory, "Do not store the conversation");
    addModelTo(command);
}

void GenerationOptions::addModelTo(CLI::App& command)
{
    command.add_option("-m,--model", model, "Model: a path, a name, or a part of one [the last used one]");
    adapters.addTo(command);
    command.add_option("--template", templateName, "Chat template, where the model's own is unknown [the model's]")
        ->check(CLI::IsMember(templateNames()));
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
    command.add_option("--thinking-budget", thinkingBudget,
                       "Close the thought at so many tokens (512) or seconds (30s), then answer [no limit]");
    command.add_option("--answer-now-after", answerNowAfter, "Ask for the answer after so many tokens of thought")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--answer-reserve", answerReserve, "New tokens kept for the answer [1024, at most a quarter]")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--think-in", thinkIn, "Language of the thought: auto, or one of the codes")
        ->check(CLI::IsMember(languages()))
        ->capture_default_str();
    command
        .add_option(
            "--on-loop", onLoop,
            "A thought that repeats itself: close it and answer; resample it from before the loop, with another "
            "token there (three times at most, then close); or ignore")
        ->check(CLI::IsMember({"close", "resample", "ignore"}))
        ->capture_default_str();
    command.add_option("--context", context, "Tokens that the model can see at once")
        ->check(CLI::Range(16, 10'000'000))
        ->capture_default_str();
    command.add_option("--threads", threads, "Threads of computation; 0: one a core")->check(CLI::Range(0, 4096));
    command
        .add_option("--cache-memory", cacheMemory,
                    "Most memory for what was read and written, such as 512M or 4G; what was used longest ago is "
                    "given up first [half of what is free]")
        ->transform(CLI::AsSizeValue(false))
        ->check(CLI::PositiveNumber);
    command.add_flag("--keep-cache", keepCache,
                     "Keep what was read beside the history, so that a long session is gone on with at once");
    command
        .add_option("--keep-cache-limit", keepCacheLimit, "Most disk space for all that is kept so, such as 500M [2G]")
        ->transform(CLI::AsSizeValue(false))
        ->check(CLI::PositiveNumber);
}

EngineSettings GenerationOptions::engine() const
{
    EngineSettings settings;
    settings.threads = threads;
    settings.cacheMemory = cacheMemory;
    if (keepCache) {
        settings.savedCaches = SavedCacheOptions{.directory = defaultHistoryPath().parent_path() / "caches"};
        settings.savedCaches->maxBytes = keepCacheLimit.value_or(settings.savedCaches->maxBytes);
    }
    return settings;
}

Result<GenerationRequest> GenerationOptions::request(const std::string& lastUsed) const
{
    GenerationRequest request;
    LEMMA_TRY(request.model, resolveModel(model, listInstalledModels(modelDirectories()), lastUsed));
    LEMMA_TRY(request.adapters, adapters.read());
    request.seed = seed ? *seed : randomSeed();
    request.limits.maxTokens = maxTokens;
    request.limits.contextTokens = context;
    LEMMA_CHECK(readBudget(thinkingBudget, request.limits));
    request.limits.answerNowAfter = answerNowAfter;
    request.limits.answerReserve = answerReserve;
    request.limits.loops = onLoop == "ignore"     ? LoopPolicy::Ignore
                           : onLoop == "resample" ? LoopPolicy::Resample
                                                  : LoopPolicy::Close;
    request.thinkIn = thinkIn == "auto" ? std::string() : thinkIn;
    request.templateFamily = templateFamilyFromName(templateName);
    request.overrides = {temperature, topP, minP, repetitionPenalty, presencePenalty, topK};
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
