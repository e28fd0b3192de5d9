#include "app/cli/answer_run.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "app/cli/answer_printer.h"
#include "app/cli/event_json.h"
#include "app/cli/exit_code.h"
#include "app/cli/turn.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

ThoughtDisplay thoughtDisplay(const AnswerDisplay& display, const Console& console)
{
    const bool show = display.thought == "show" || (display.thought == "auto" && console.isTerminal());
    return show ? ThoughtDisplay::Show : ThoughtDisplay::Hide;
}

} // namespace

void AnswerDisplay::addTo(CLI::App& command)
{
    command.add_flag("--json", json, "One event a line, as JSON");
    command.add_option("--thought", thought, "show, hide, or auto: shown on a terminal, not into a pipe")
        ->check(CLI::IsMember({"auto", "show", "hide"}))
        ->capture_default_str();
}

Result<int> runAnswer(AnswerRun run, CommandContext& context)
{
    Console& console = context.console;
    const std::string model = run.request.model.string();
    const auto recorder = openRecorder(!run.noHistory, console);
    const auto service = context.services.makeEngine(run.engine); // ends before the recorder
    std::unique_ptr<AnswerPrinter> printer;
    if (run.display.json)
        printer = std::make_unique<JsonPrinter>(console);
    else
        printer = std::make_unique<TextPrinter>(console, thoughtDisplay(run.display, console));
    const Turn runner{*service,
                      recorder.get(),
                      context.interrupts,
                      console,
                      [&](const RecordedTurn& started) {
                          if (run.display.json)
                              console.line(startedJson(started, model));
                      },
                      [&](const Event& event) { printer->show(event); }};
    LEMMA_TRY(const TurnOutcome outcome, runner.run(run.turn, std::move(run.request)));
    printer->finish(outcome.result);
    if (!outcome.result)
        return fail(outcome.result.error());
    const bool interrupted = outcome.result->reason == EndReason::Cancelled && !console.closed();
    return interrupted ? exitCancelled : exitDone;
}

} // namespace lemma::app
