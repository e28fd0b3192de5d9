// `lemma-cli ask`: one question, one answer.
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/cli/answer_options.h"
#include "app/cli/answer_printer.h"
#include "app/cli/cli.h"
#include "app/cli/event_json.h"
#include "app/cli/exit_code.h"
#include "app/cli/generation_options.h"
#include "app/cli/line_reader.h"
#include "app/cli/turn.h"
#include "engine/base/utf8.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

struct AskOptions {
    GenerationOptions generation;
    AnswerOptions answer;
    std::vector<std::string> words;
    bool json = false;
    std::string thought = "auto";
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

ThoughtDisplay displayOf(const AskOptions& options, const Console& console)
{
    const bool show = options.thought == "show" || (options.thought == "auto" && console.isTerminal());
    return show ? ThoughtDisplay::Show : ThoughtDisplay::Hide;
}

Result<int> ask(const AskOptions& options, CommandContext& context)
{
    Console& console = context.console;
    LEMMA_TRY(std::string question, questionOf(options));
    LEMMA_TRY(const std::string lastUsed, lastUsedModel(options.generation));
    LEMMA_TRY(GenerationRequest request, options.generation.request(lastUsed));
    LEMMA_CHECK(options.answer.apply(request));
    LEMMA_TRY(question, options.answer.attach(question, request, options.json, console));
    const std::string model = request.model.string();

    const auto recorder = openRecorder(!options.generation.noHistory, console);
    const auto service = context.services.makeEngine(options.generation.threads); // ends before the recorder
    std::unique_ptr<AnswerPrinter> printer;
    if (options.json)
        printer = std::make_unique<JsonPrinter>(console);
    else
        printer = std::make_unique<TextPrinter>(console, displayOf(options, console));

    TurnRequest turn;
    turn.session = options.generation.session;
    turn.text = question;
    const Turn runner{*service,
                      recorder.get(),
                      context.interrupts,
                      console,
                      [&](const RecordedTurn& started) {
                          if (options.json)
                              console.line(startedJson(started, model));
                      },
                      [&](const Event& event) { printer->show(event); }};
    LEMMA_TRY(const TurnOutcome outcome, runner.run(turn, std::move(request)));
    printer->finish(outcome.result);
    if (!outcome.result)
        return fail(outcome.result.error());
    const bool interrupted = outcome.result->reason == EndReason::Cancelled && !console.closed();
    return interrupted ? exitCancelled : exitDone;
}

} // namespace

void addAskCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("ask", "Ask one question; thought and answer are shown as they come");
    auto options = std::make_shared<AskOptions>();
    command->add_option("question", options->words, "The question; - or nothing: read it from standard input");
    command->add_flag("--json", options->json, "One event a line, as JSON");
    command->add_option("--thought", options->thought, "show, hide, or auto: shown on a terminal, not into a pipe")
        ->check(CLI::IsMember({"auto", "show", "hide"}))
        ->capture_default_str();
    options->generation.addTo(*command);
    options->answer.addTo(*command);
    command->footer("Ctrl-C stops the answer and keeps what there is; a second one leaves at once.\n"
                    "Example: lemma-cli ask --temperature 0 \"Solve 3x + 5 = 20\"");
    command->callback([options, &context] { context.action = [options, &context] { return ask(*options, context); }; });
}

} // namespace lemma::app
