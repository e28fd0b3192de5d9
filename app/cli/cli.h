#pragma once
// lemma-cli as a function, so that tests can give it an engine of their own.
//
// Each command lives in a file of its own (<name>_command.cpp) and registers itself by an add...Command function: its
// options with CLI11, and as callback an action that is run after the whole line was understood. An action returns the
// exit code, or an Error that is printed to stderr and turned into its exit code (exit_code.h).

#include <functional>
#include <memory>
#include <optional>

#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "engine/base/result.h"
#include "engine/runtime/generation_service.h"
#include "engine/runtime/saved_cache_options.h"

namespace CLI {
class App;
}

namespace lemma::app {

struct EngineSettings {
    int threads = 0;                                        // 0: as many as the process may use
    std::optional<std::int64_t> cacheMemory = std::nullopt; // bytes; none: the engine's own choice
    std::optional<engine::SavedCacheOptions> savedCaches = std::nullopt;
};

struct CliServices {
    // Makes what answers `ask` and `chat`.
    std::function<std::unique_ptr<engine::GenerationService>(const EngineSettings&)> makeEngine;
};

struct CommandContext {
    Console& console;
    Interrupts& interrupts;
    const CliServices& services;
    std::function<engine::Result<int>()> action; // set by the command that was chosen
};

void addAskCommand(CLI::App& app, CommandContext& context);
void addBenchCommand(CLI::App& app, CommandContext& context);
void addBranchCommand(CLI::App& app, CommandContext& context);
void addChatCommand(CLI::App& app, CommandContext& context);
void addCodeCommand(CLI::App& app, CommandContext& context);
void addExtractCommand(CLI::App& app, CommandContext& context);
void addGradeCommand(CLI::App& app, CommandContext& context);
void addHistoryCommand(CLI::App& app, CommandContext& context);
void addJudgeCommand(CLI::App& app, CommandContext& context);
void addLogitsCommand(CLI::App& app, CommandContext& context);
void addModelsCommand(CLI::App& app, CommandContext& context);
void addParseCommand(CLI::App& app, CommandContext& context);
void addReplayCommand(CLI::App& app, CommandContext& context);
void addRunCommand(CLI::App& app, CommandContext& context);
void addCheckStepsCommand(CLI::App& app, CommandContext& context);
void addSandboxCommand(CLI::App& app, CommandContext& context);
void addSolveCommand(CLI::App& app, CommandContext& context);
void addTokenizeCommand(CLI::App& app, CommandContext& context);

// Never throws; returns the exit code.
int runCli(int argc, char** argv, const CliServices& services);

} // namespace lemma::app
