#pragma once
// The options that `ask` and `chat` share, and the request that they make.

#include <optional>
#include <string>

#include "app/cli/adapter_options.h"
#include "app/cli/cli.h"
#include "engine/base/result.h"
#include "engine/history/history_store.h"
#include "engine/runtime/generation_service.h"

namespace CLI {
class App;
}

namespace lemma::app {

struct GenerationOptions {
    std::string model;
    std::string templateName; // of a TemplateFamily; empty: the model's own
    std::optional<std::uint64_t> seed;
    std::optional<float> temperature, topP, minP, repetitionPenalty, presencePenalty;
    std::optional<int> topK, answerNowAfter, answerReserve;
    std::string thinkingBudget;
    std::string thinkIn = "auto";
    std::string onLoop = "close";
    int maxTokens = 4096;
    int context = 16384;
    int threads = 0;
    std::optional<std::int64_t> cacheMemory; // bytes; none: the engine's own choice
    bool keepCache = false;
    std::optional<std::int64_t> keepCacheLimit; // bytes
    AdapterOptions adapters;
    std::optional<engine::SessionId> session;
    bool noHistory = false;

    EngineSettings engine() const;

    void addTo(CLI::App& command);      // all of them
    void addModelTo(CLI::App& command); // without those about the history

    // Model, adapters, sampling and limits. `lastUsed`: the model of the session or of the last one.
    engine::Result<engine::GenerationRequest> request(const std::string& lastUsed) const;
};

// What the history says: the model of the given session, else of the last one used; empty where there is none. A
// session that is not there is NotFound; a history that cannot be opened only matters where a session was asked for.
engine::Result<std::string> lastUsedModel(const GenerationOptions& options);

} // namespace lemma::app
