#include "app/cli/answer_run.h"

#include <memory>

#include "app/cli/answer_printer.h"
#include "app/cli/event_json.h"
#include "app/cli/exit_code.h"
#include "app/cli/turn.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

ThoughtDisplay displayOf(const AnswerRun& run, const Console& console)
{
    const bool show = run.thought == "show" || (run.thought == "auto" && console.isTerminal());
    return show ? ThoughtDisplay::Show : ThoughtDisplay::Hide;
}

} // namespace

Result<int> runAnswer(AnswerRun run, CommandContext& context)
{
    Console& console = context.console;
    const std::string model = run.request.model.string();
    const auto recorder = openRecorder(!run.noHistory, console);
    const auto service = context.services.makeEngine(run.threads); // ends before the recorder
    std::unique_ptr<AnswerPrinter> printer;
    if (run.json)
        printer = std::make_unique<JsonPrinter>(console);
    else
        printer = std::make_unique<TextPrinter>(console, displayOf(run, console));
    const Turn runner{*service,
                      recorder.get(),
                      context.interrupts,
                      console,
                      [&](const RecordedTurn& started) {
                          if (run.json)
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
