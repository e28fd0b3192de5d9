// `lemma-cli branch`: back to a step of a stored thought, with other words, and on from there.
#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/answer_run.h"
#include "app/cli/cli.h"
#include "app/cli/stored_answer.h"
#include "engine/base/utf8.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

struct BranchOptions {
    SessionId session = 0;
    std::optional<MessageId> message;
    int step = 0;
    std::string edit;
    bool json = false;
    std::string thought = "auto";
    int threads = 0;
};

Result<int> branch(const BranchOptions& options, CommandContext& context)
{
    AnswerRun run;
    {
        LEMMA_TRY(const HistoryStore store, HistoryStore::open(defaultHistoryPath()));
        LEMMA_TRY(StoredAnswer answer, storedAnswer(store, options.session, options.message));
        LEMMA_TRY(const StepPlace place, stepPlace(answer, options.step));
        std::string words = place.before + utf8Sanitized(options.edit);
        if (!options.edit.empty() && options.edit.back() != '\n' && options.edit.back() != ' ')
            words += place.space;
        run.turn.goesOnFrom = answer.message.id;
        run.request.model = answer.message.model;
        run.request.earlier = EarlierRun{.run = std::move(answer.run), .keep = place.keep, .insert = std::move(words)};
    }
    run.json = options.json;
    run.thought = options.thought;
    run.threads = options.threads;
    return runAnswer(std::move(run), context);
}

} // namespace

void addBranchCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("branch", "Change a step of a stored thought, and go on from there");
    auto options = std::make_shared<BranchOptions>();
    command->add_option("--session", options->session, "Its number in `lemma-cli history`")->required();
    command->add_option("--message", options->message, "The answer, as in `history export` [the last one]");
    command->add_option("--step", options->step, "The step, as `ask --json` numbers them, from 0 on")->required();
    command->add_option("--edit", options->edit, "What stands in its place")->required();
    command->add_flag("--json", options->json, "One event a line, as JSON");
    command->add_option("--thought", options->thought, "show, hide, or auto: shown on a terminal, not into a pipe")
        ->check(CLI::IsMember({"auto", "show", "hide"}))
        ->capture_default_str();
    command->add_option("--threads", options->threads, "Threads of computation; 0: one a core")
        ->check(CLI::Range(0, 4096));
    command->footer(
        "The old answer stays in the history beside the new one; nothing before the step is computed anew.");
    command->callback(
        [options, &context] { context.action = [options, &context] { return branch(*options, context); }; });
}

} // namespace lemma::app
