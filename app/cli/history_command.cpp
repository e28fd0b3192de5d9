// `lemma-cli history`: list, show, delete and export conversations.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "engine/history/export.h"
#include "engine/history/value_json.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

struct HistoryOptions {
    SessionId session = 0;
    bool json = false;
    bool thoughts = false;
    std::string format = "json";
};

// What is listed or shown goes to people: a title never moves their cursor.
std::string withoutControls(std::string text)
{
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    return text;
}

Result<int> list(const HistoryOptions& options, Console& console)
{
    LEMMA_TRY(const HistoryStore store, HistoryStore::open(defaultHistoryPath()));
    LEMMA_TRY(const std::vector<Session> sessions, store.sessions());
    for (const Session& session : sessions) {
        if (options.json)
            console.line(jsonLine({{"id", session.id},
                                   {"kind", sessionKindName(session.kind)},
                                   {"title", session.title},
                                   {"model", session.model},
                                   {"created", isoTime(session.created)},
                                   {"updated", isoTime(session.updated)}}));
        else
            console.line(fmt::format("{:>5}  {}  {:<6}  {}", session.id, isoTime(session.updated).substr(0, 16),
                                     sessionKindName(session.kind), withoutControls(session.title)));
    }
    if (sessions.empty())
        console.note("nothing has been asked yet");
    return exitDone;
}

Result<int> show(const HistoryOptions& options, Console& console)
{
    LEMMA_TRY(const HistoryStore store, HistoryStore::open(defaultHistoryPath()));
    LEMMA_TRY(const std::string text,
              exportMarkdown(store, options.session, options.thoughts ? Thoughts::Include : Thoughts::Leave));
    console.write(text);
    return exitDone;
}

Result<int> remove(const HistoryOptions& options, Console& console)
{
    LEMMA_TRY(HistoryStore store, HistoryStore::open(defaultHistoryPath()));
    LEMMA_CHECK(store.deleteSession(options.session));
    console.note(fmt::format("session {} is deleted", options.session));
    return exitDone;
}

Result<int> exportSession(const HistoryOptions& options, Console& console)
{
    if (options.format == "markdown")
        return show(options, console);
    LEMMA_TRY(const HistoryStore store, HistoryStore::open(defaultHistoryPath()));
    LEMMA_TRY(const std::string text, exportJson(store, options.session));
    console.write(text);
    return exitDone;
}

using Action = Result<int> (*)(const HistoryOptions&, Console&);

void choose(CLI::App* command, const std::shared_ptr<HistoryOptions>& options, CommandContext& context, Action action)
{
    command->callback([options, &context, action] {
        context.action = [options, &context, action] { return action(*options, context.console); };
    });
}

} // namespace

void addHistoryCommand(CLI::App& app, CommandContext& context)
{
    auto options = std::make_shared<HistoryOptions>();
    CLI::App* history = app.add_subcommand("history", "Past conversations: list, show, delete, export");
    history->require_subcommand(0, 1);
    history->add_flag("--json", options->json, "One session a line, as JSON");
    history->callback([history, options, &context] {
        if (history->get_subcommands().empty())
            context.action = [options, &context] { return list(*options, context.console); };
    });

    CLI::App* listing = history->add_subcommand("list", "All sessions, the last used one first");
    listing->add_flag("--json", options->json, "One session a line, as JSON");
    choose(listing, options, context, list);

    CLI::App* showing = history->add_subcommand("show", "A session as Markdown");
    showing->add_option("session,--session", options->session, "Its number in the list")->required();
    showing->add_flag("--thoughts", options->thoughts, "With the thoughts");
    choose(showing, options, context, show);

    CLI::App* deleting = history->add_subcommand("delete", "Delete a session for good");
    deleting->add_option("session,--session", options->session, "Its number in the list")->required();
    choose(deleting, options, context, remove);

    CLI::App* exporting = history->add_subcommand("export", "A session to standard output");
    exporting->add_option("session,--session", options->session, "Its number in the list")->required();
    exporting->add_option("--format", options->format, "json: everything, all branches; markdown: the shown branch")
        ->check(CLI::IsMember({"json", "markdown"}))
        ->capture_default_str();
    exporting->add_flag("--thoughts", options->thoughts, "Markdown with the thoughts");
    choose(exporting, options, context, exportSession);

    history->footer("Without a command: the list. The file is $LEMMA_HISTORY or $XDG_DATA_HOME/lemma/history.sqlite.");
}

} // namespace lemma::app
