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
    StoredAnswerOptions stored;
    int step = 0;
    std::string edit;
    AnswerDisplay display;
};

Result<int> branch(const BranchOptions& options, CommandContext& context)
{
    AnswerRun run;
    {
        LEMMA_TRY(const HistoryStore store, HistoryStore::open(defaultHistoryPath()));
        LEMMA_TRY(StoredAnswer answer, storedAnswer(store, options.stored.session, options.stored.message));
        LEMMA_TRY(const StepPlace place, stepPlace(answer, options.step));
        std::string words = place.before + utf8Sanitized(options.edit);
        if (!options.edit.empty() && options.edit.back() != '\n' && options.edit.back() != ' ')
            words += place.space;
        run.turn.goesOnFrom = answer.message.id;
        run.request.model = answer.message.model;
        run.request.earlier = EarlierRun{.run = std::move(answer.run), .keep = place.keep, .insert = std::move(words)};
    }
    run.display = options.display;
    run.engine.threads = options.stored.threads;
    return runAnswer(std::move(run), context);
}

} // namespace

void addBranchCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("branch", "Change a step of a stored thought, and go on from there");
    auto options = std::make_shared<BranchOptions>();
    options->stored.addTo(*command);
    command->add_option("--step", options->step, "The step, as `ask --json` numbers them, from 0 on")->required();
    command->add_option("--edit", options->edit, "What stands in its place")->required();
    options->display.addTo(*command);
    command->footer(
        "The old answer stays in the history beside the new one; nothing before the step is computed anew.");
    command->callback(
        [options, &context] { context.action = [options, &context] { return branch(*options, context); }; });
}

} // namespace lemma::app
