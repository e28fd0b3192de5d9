// `lemma-cli replay`: makes a stored answer again from what it was made of.
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/stored_answer.h"
#include "app/cli/turn.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

struct ReplayOptions {
    StoredAnswerOptions stored;
    bool verify = false;
};

struct Replayed {
    std::string thought, content;
    std::vector<TokenId> tokens; // on the service's thread until it has finished
};

// Of two texts: where they part, and what stands there.
std::string difference(std::string_view what, const std::string& stored, const std::string& replayed)
{
    const auto [old, now] = std::mismatch(stored.begin(), stored.end(), replayed.begin(), replayed.end());
    const auto piece = [](auto begin, auto end) { return std::string(begin, end - begin > 40 ? begin + 40 : end); };
    return fmt::format("{}, byte {}: \"{}\" was \"{}\"", what, old - stored.begin(), piece(now, replayed.end()),
                       piece(old, stored.end()));
}

// Empty where nothing differs.
std::string firstDifference(const StoredAnswer& answer, const Replayed& replayed)
{
    const std::vector<TokenId>& stored = answer.run.tokens;
    const auto [old, now] = std::mismatch(stored.begin(), stored.end(), replayed.tokens.begin(), replayed.tokens.end());
    if (answer.message.message.thought != replayed.thought)
        return difference("thought", answer.message.message.thought, replayed.thought);
    if (answer.message.message.content != replayed.content)
        return difference("answer", answer.message.message.content, replayed.content);
    if (old != stored.end() || now != replayed.tokens.end())
        return fmt::format("token {}", old - stored.begin());
    return {};
}

Result<int> replay(const ReplayOptions& options, CommandContext& context)
{
    LEMMA_TRY(const HistoryStore store, HistoryStore::open(defaultHistoryPath()));
    LEMMA_TRY(StoredAnswer answer, storedAnswer(store, options.stored.session, options.stored.message));
    GenerationRequest request;
    request.model = answer.message.model;
    request.earlier = EarlierRun{.run = answer.run, .keep = 0, .insert = {}, .repeat = true};
    // A run that somebody stopped ends where it was stopped.
    const EndReason reason = answer.message.endReason.value_or(EndReason::Crash);
    const bool broken = reason == EndReason::Cancelled || reason == EndReason::Crash || reason == EndReason::Error;
    if (broken)
        request.earlier->run.limits.maxTokens = static_cast<int>(answer.run.tokens.size());
    Replayed replayed;
    request.onRun = [&replayed](const RunEvent& event) {
        RunRecord run;
        apply(run, event);
        replayed.tokens.insert(replayed.tokens.end(), run.tokens.begin(), run.tokens.end());
    };
    const auto service = context.services.makeEngine({options.stored.threads, {}});
    const Turn runner{*service, nullptr, context.interrupts, context.console, {}, [&](const Event& event) {
                          if (const auto* thought = std::get_if<ThoughtDelta>(&event))
                              replayed.thought += thought->text;
                          else if (const auto* content = std::get_if<AnswerDelta>(&event))
                              replayed.content += content->text;
                      }};
    LEMMA_TRY(const TurnOutcome outcome, runner.run({}, std::move(request)));
    if (!outcome.result)
        return fail(outcome.result.error());
    if (outcome.result->reason == EndReason::Cancelled)
        return exitCancelled;
    if (!options.verify) {
        context.console.write(replayed.content, "\n");
        return exitDone;
    }
    if (reason ==
        EndReason::Crash) { // tokens and text were journalled one after the other: one may be a little shorter
        replayed.thought.resize(std::min(replayed.thought.size(), answer.message.message.thought.size()));
        replayed.content.resize(std::min(replayed.content.size(), answer.message.message.content.size()));
    }
    const std::string difference = firstDifference(answer, replayed);
    context.console.line(difference.empty() ? "identical" : difference);
    return difference.empty() ? exitDone : 1;
}

} // namespace

void addReplayCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("replay", "Make a stored answer again, and compare");
    auto options = std::make_shared<ReplayOptions>();
    options->stored.addTo(*command);
    command->add_flag("--verify", options->verify,
                      "Print \"identical\", or the first difference (and exit with 1), in place of the answer");
    command->footer("Nothing is stored. The text is the same for any number of threads.");
    command->callback(
        [options, &context] { context.action = [options, &context] { return replay(*options, context); }; });
}

} // namespace lemma::app
