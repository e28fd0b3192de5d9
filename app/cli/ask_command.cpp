// `lemma-cli ask`: one question, one answer.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/cli/answer_options.h"
#include "app/cli/answer_run.h"
#include "app/cli/chain_options.h"
#include "app/cli/cli.h"
#include "app/cli/generation_options.h"
#include "app/cli/line_reader.h"
#include "app/cli/stored_answer.h"
#include "engine/base/utf8.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

struct AskOptions {
    GenerationOptions generation;
    AnswerOptions answer;
    ChainOptions chains;
    std::vector<std::string> words;
    AnswerDisplay display;
    bool goOn = false;
};

Result<std::string> questionOf(const AskOptions& options)
{
    std::string text = fmt::format("{}", fmt::join(options.words, " "));
    if (text == "-" || (text.empty() && ::isatty(STDIN_FILENO) != 1)) {
        LEMMA_TRY(text, readStandardInput());
    }
    if (text.find_first_not_of(" \n\t\r") == std::string::npos)
        return fail(ErrorCode::InvalidArgument, "there is no question: give it as an argument or on standard input");
    return utf8Sanitized(text);
}

// The last answer of the session, from where it ended.
Result<AnswerRun> unfinished(const AskOptions& options)
{
    if (!options.generation.session || options.generation.noHistory)
        return fail(ErrorCode::InvalidArgument, "--continue needs a --session of the history");
    if (options.chains.chains || options.chains.bestOf)
        return fail(ErrorCode::InvalidArgument, "--continue goes on with one chain, not with --chains or --best-of");
    LEMMA_TRY(const HistoryStore store, HistoryStore::open(defaultHistoryPath()));
    LEMMA_TRY(StoredAnswer answer, storedAnswer(store, *options.generation.session, {}));
    const EndReason reason = answer.message.endReason.value_or(EndReason::Crash);
    if (reason == EndReason::Eos || reason == EndReason::Stop || reason == EndReason::Loop)
        return fail(ErrorCode::InvalidArgument, "the last answer of this session is complete");
    AnswerRun run;
    run.turn.goesOnFrom = answer.message.id;
    run.request.model = answer.message.model;
    const int all = static_cast<int>(answer.run.tokens.size());
    if (reason == EndReason::Length || reason == EndReason::Budget)
        answer.run.limits.maxTokens += options.generation.maxTokens;
    run.request.earlier = EarlierRun{.run = std::move(answer.run), .keep = all, .insert = {}};
    return run;
}

Result<AnswerRun> asked(const AskOptions& options, Console& console)
{
    AnswerRun run;
    LEMMA_TRY(const std::string question, questionOf(options));
    run.turn.session = options.generation.session;
    LEMMA_TRY(const std::string lastUsed, lastUsedModel(options.generation));
    LEMMA_TRY(run.request, options.generation.request(lastUsed));
    LEMMA_CHECK(options.answer.apply(run.request));
    LEMMA_TRY(run.request.consensus, options.chains.consensus());
    LEMMA_TRY(run.turn.text, options.answer.attach(question, run.request, options.display.json, console));
    return run;
}

Result<int> ask(const AskOptions& options, CommandContext& context)
{
    LEMMA_TRY(AnswerRun run, options.goOn ? unfinished(options) : asked(options, context.console));
    run.display = options.display;
    run.noHistory = options.generation.noHistory;
    run.engine = options.generation.engine();
    return runAnswer(std::move(run), context);
}

} // namespace

void addAskCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("ask", "Ask one question; thought and answer are shown as they come");
    auto options = std::make_shared<AskOptions>();
    command->add_option("question", options->words, "The question; - or nothing: read it from standard input");
    options->display.addTo(*command);
    command->add_flag("--continue", options->goOn,
                      "Go on with the last answer of --session where it was stopped or cut off, also by a crash");
    options->generation.addTo(*command);
    options->answer.addTo(*command);
    options->chains.addTo(*command);
    command->footer(
        "Ctrl-C stops the answer and keeps what there is; a second one leaves at once.\n"
        "--continue shows the answer from its beginning and ends as if nothing had stopped it: sampling and\n"
        "limits are those it was asked with. The broken answer stays in the history.\n"
        "Example: lemma-cli ask --temperature 0 \"Solve 3x + 5 = 20\"");
    command->callback([options, &context] { context.action = [options, &context] { return ask(*options, context); }; });
}

} // namespace lemma::app
