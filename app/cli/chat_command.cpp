// `lemma-cli chat`: a conversation in the terminal.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/answer_printer.h"
#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/generation_options.h"
#include "app/cli/line_reader.h"
#include "app/cli/turn.h"
#include "engine/base/utf8.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

struct ChatOptions {
    GenerationOptions generation;
    bool hideThought = false;
};

// Everything that lives as long as the conversation.
struct Chat {
    Chat(const ChatOptions& theOptions, CommandContext& theContext, GenerationRequest theRequest)
        : options(theOptions),
          context(theContext),
          request(std::move(theRequest)),
          recorder(openRecorder(!options.generation.noHistory, context.console)),
          service(context.services.makeEngine(options.generation.engine())),
          session(options.generation.session)
    {
    }

    const ChatOptions& options;
    CommandContext& context;
    const GenerationRequest request; // copied for each turn
    std::unique_ptr<SessionRecorder> recorder;
    std::unique_ptr<GenerationService> service; // ends before the recorder
    std::optional<SessionId> session;
    Conversation conversation; // where nothing is stored
    LineReader reader;

    std::optional<std::string> readQuestion();
    Result<void> answer(const std::string& question);
};

std::optional<std::string> Chat::readQuestion()
{
    Console& console = context.console;
    std::stop_source stop;
    const Interrupts::Scope scope(context.interrupts, stop); // Ctrl-C at the prompt leaves
    if (console.isTerminal())
        console.write("\n", console.style(Style::Heading), "You> ", console.style(Style::Plain));
    std::optional<std::string> line = reader.readLine(stop.get_token());
    if (!line && console.isTerminal())
        console.write("\n");
    return line;
}

Result<void> Chat::answer(const std::string& question)
{
    Console& console = context.console;
    const bool show = console.isTerminal() && !options.hideThought;
    TextPrinter printer(console, show ? ThoughtDisplay::Show : ThoughtDisplay::Hide);
    std::string text;
    TurnRequest turn;
    turn.session = session;
    turn.text = question;
    GenerationRequest next = request;
    if (!recorder)
        conversation.push_back({Role::User, question, ""});
    next.conversation = conversation;
    const Turn runner{*service,
                      recorder.get(),
                      context.interrupts,
                      console,
                      [this](const RecordedTurn& started) {
                          if (recorder)
                              session = started.session;
                      },
                      [&](const Event& event) {
                          printer.show(event);
                          if (const auto* delta = std::get_if<AnswerDelta>(&event))
                              text += delta->text;
                      }};
    LEMMA_TRY(const TurnOutcome outcome, runner.run(turn, std::move(next)));
    printer.finish(outcome.result);
    if (!recorder && !text.empty())
        conversation.push_back({Role::Assistant, text, ""});
    if (!outcome.result)
        return fail(outcome.result.error());
    return {};
}

Result<int> chat(const ChatOptions& options, CommandContext& context)
{
    Console& console = context.console;
    LEMMA_TRY(const std::string lastUsed, lastUsedModel(options.generation));
    LEMMA_TRY(GenerationRequest request, options.generation.request(lastUsed));
    console.note(fmt::format("{}; /quit or Ctrl-D leaves, Ctrl-C stops an answer", request.model.filename().string()));
    Chat chat(options, context, std::move(request));
    while (!console.closed()) {
        const std::optional<std::string> line = chat.readQuestion();
        if (!line || *line == "/quit")
            break;
        if (line->find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const Result<void> answered = chat.answer(utf8Sanitized(*line));
        if (answered)
            continue;
        // On a terminal the user may try again; a script wants to know.
        if (!console.isTerminal())
            return fail(answered.error());
        console.error(answered.error());
    }
    if (chat.session)
        console.note(
            fmt::format("session {}: lemma-cli chat --session {} goes on with it", *chat.session, *chat.session));
    return exitDone;
}

} // namespace

void addChatCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("chat", "Talk with a model; each line is a message");
    auto options = std::make_shared<ChatOptions>();
    command->add_flag("--hide-thought", options->hideThought, "Show the answers only");
    options->generation.addTo(*command);
    command->footer(
        "/quit or Ctrl-D leaves. Ctrl-C stops an answer and keeps what there is; a second one leaves at once.");
    command->callback(
        [options, &context] { context.action = [options, &context] { return chat(*options, context); }; });
}

} // namespace lemma::app
