#include "app/cli/cli.h"

#include <exception>
#include <new>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/exit_code.h"

namespace lemma::app {
namespace {

void describe(CLI::App& app)
{
    app.name("lemma-cli");
    app.description(
        "Lemma runs DeepSeek-R1 and its distilled models on this machine: answers, conversations, and tools "
        "to look inside.");
    app.set_version_flag("--version", std::string("lemma-cli ") + LEMMA_VERSION);
    app.require_subcommand(1);
}

std::string footer()
{
    return fmt::format("{}\nModels are looked for in $LEMMA_MODELS, $XDG_DATA_HOME/lemma/models and\n"
                       "$XDG_DATA_DIRS/lemma/models. Conversations are kept in $LEMMA_HISTORY or\n"
                       "$XDG_DATA_HOME/lemma/history.sqlite. Into a pipe no colours and no progress are written.",
                       exitCodeTable());
}

int parseAndRun(int argc, char** argv, CommandContext& context)
{
    CLI::App app;
    describe(app);
    addAskCommand(app, context);
    addChatCommand(app, context);
    addBranchCommand(app, context);
    addReplayCommand(app, context);
    addModelsCommand(app, context);
    addHistoryCommand(app, context);
    addRunCommand(app, context);
    addCheckStepsCommand(app, context);
    addCodeCommand(app, context);
    addExtractCommand(app, context);
    addJudgeCommand(app, context);
    addSandboxCommand(app, context);
    addSolveCommand(app, context);
    addParseCommand(app, context);
    addGradeCommand(app, context);
    addTokenizeCommand(app, context);
    addLogitsCommand(app, context);
    addBenchCommand(app, context);
    app.footer(footer()); // now: the commands would inherit it
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { // --help and --version come this way, too
        return app.exit(error) == 0 ? exitDone : exitUsage;
    }
    const engine::Result<int> exitCode = context.action();
    if (exitCode)
        return *exitCode;
    context.console.error(exitCode.error());
    return exitCodeOf(exitCode.error().code);
}

} // namespace

int runCli(int argc, char** argv, const CliServices& services)
{
    Console console;
    try {
        Interrupts interrupts;
        CommandContext context{console, interrupts, services, {}};
        return parseAndRun(argc, argv, context);
    } catch (const std::bad_alloc&) {
        console.error({engine::ErrorCode::OutOfMemory, "out of memory"});
        return exitCodeOf(engine::ErrorCode::OutOfMemory);
    } catch (const std::exception& exception) {
        console.error({engine::ErrorCode::Internal, exception.what()});
        return exitCodeOf(engine::ErrorCode::Internal);
    }
}

} // namespace lemma::app
