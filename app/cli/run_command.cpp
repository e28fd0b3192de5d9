// `lemma-cli run`: a program that nobody has read, in the sandbox.
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/line_reader.h"
#include "app/cli/text_file.h"
#include "assistant/sandbox/display_text.h"
#include "assistant/sandbox/language.h"
#include "assistant/sandbox/sandbox.h"
#include "engine/history/value_json.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using namespace lemma::assistant;

struct RunOptions {
    std::string file;
    std::string language;
    std::string input;
    std::vector<std::string> arguments;
    double seconds = 0;
    bool interactive = false;
    bool json = false;
};

// A person who is asked something thinks for a while: the wall clock of a run that is talked to.
constexpr std::chrono::minutes interactiveWall{30};

Result<RunRequest> requestFor(const RunOptions& options)
{
    const Language* language = options.language.empty() ? languageOfFile(options.file) : findLanguage(options.language);
    if (!language)
        return fail(ErrorCode::InvalidArgument,
                    options.language.empty()
                        ? fmt::format("the language of {} is not known; use --language", options.file)
                        : fmt::format("there is no language '{}'", options.language));
    RunRequest request;
    request.language = std::string(language->id);
    LEMMA_TRY(std::string text, readTextFile(options.file));
    request.files = {{std::filesystem::path(options.file).filename().string(), std::move(text)}};
    if (!options.input.empty()) {
        LEMMA_TRY(request.input, readTextFile(options.input));
    }
    request.arguments = options.arguments;
    if (options.seconds > 0) {
        request.limits = language->runLimits;
        request.limits->wall = request.limits->cpu =
            std::chrono::milliseconds(static_cast<std::int64_t>(options.seconds * 1000));
    }
    if (options.interactive) {
        if (!request.limits)
            request.limits = language->runLimits;
        request.limits->wall = options.seconds > 0 ? request.limits->wall : interactiveWall;
        request.liveInput = std::make_shared<LiveInput>();
    }
    return request;
}

// Passes our standard input on to the program, line by line, until it ends.
class Feeder {
public:
    explicit Feeder(std::shared_ptr<LiveInput> input)
        : m_thread([input = std::move(input)](const std::stop_token& stop) {
              LineReader reader;
              while (const auto line = reader.readLine(stop))
                  input->write(*line + "\n");
              input->close();
          })
    {
    }

private:
    std::jthread m_thread;
};

std::string reportJson(const RunReport& report)
{
    return jsonLine({{"verdict", verdictName(report.verdict)},
                     {"stage", report.stage == Stage::Compile ? "compile" : "run"},
                     {"exitCode", report.exitCode},
                     {"signal", report.signal},
                     {"output", report.output},
                     {"errors", report.errors},
                     {"compilerMessages", report.compilerMessages},
                     {"outputTruncated", report.outputTruncated},
                     {"wallSeconds", static_cast<double>(report.wall.count()) / 1e6},
                     {"cpuSeconds", static_cast<double>(report.cpu.count()) / 1e6},
                     {"peakMemoryBytes", report.peakMemoryBytes},
                     {"isolation", report.isolation},
                     {"detail", report.detail}});
}

// A terminal gets text that cannot move its cursor; a pipe gets the program's bytes.
void printReport(const RunReport& report, bool wasShown, Console& console)
{
    if (!report.compilerMessages.empty())
        console.note(report.compilerMessages);
    const std::string& output = console.isTerminal() ? report.displayOutput : report.output;
    if (!wasShown)
        console.write(output);
    if (console.isTerminal() && !output.empty() && output.back() != '\n')
        console.write("\n");
    console.writeToErrors(report.displayErrors);
    console.note(fmt::format("{}: exit code {}, {:.2f} s, {:.1f} MB{}", verdictName(report.verdict), report.exitCode,
                             static_cast<double>(report.wall.count()) / 1e6,
                             static_cast<double>(report.peakMemoryBytes) / 1e6,
                             report.outputTruncated ? ", output cut" : ""));
}

Result<int> run(const RunOptions& options, CommandContext& context)
{
    LEMMA_TRY(RunRequest request, requestFor(options));
    LEMMA_TRY(const Sandbox sandbox, Sandbox::probe());
    std::stop_source stop;
    const Interrupts::Scope scope(context.interrupts, stop);
    std::optional<Feeder> feeder;
    if (options.interactive) {
        feeder.emplace(request.liveInput);
        if (!options.json) {
            request.onOutput = [&console = context.console](std::string_view text) {
                console.write(console.isTerminal() ? displayText(text) : std::string(text));
            };
        }
    }
    LEMMA_TRY(const RunReport report, sandbox.run(request, stop.get_token()));
    feeder.reset();
    if (options.json)
        context.console.line(reportJson(report));
    else
        printReport(report, options.interactive, context.console);
    switch (report.verdict) {
    case Verdict::Ok: return exitDone;
    case Verdict::Cancelled: return exitCancelled;
    case Verdict::SandboxError: return fail(ErrorCode::Internal, "the sandbox failed: " + report.detail);
    default: break;
    }
    if (!options.json && !context.console.isTerminal())
        context.console.warn(fmt::format("{} (exit code {})", verdictName(report.verdict), report.exitCode));
    return exitProgramFailed;
}

} // namespace

void addRunCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command =
        app.add_subcommand("run", "Run a code file in the sandbox: no network, nothing of this machine");
    auto options = std::make_shared<RunOptions>();
    command->add_option("file", options->file, "The program")->required();
    command->add_option("arguments", options->arguments, "Its arguments");
    command->add_option("--language", options->language, "Its language [by the file's name]");
    command->add_option("--stdin", options->input, "A file to be its standard input");
    command->add_option("--seconds", options->seconds, "Limit of time [the language's]")
        ->check(CLI::Range(0.1, 3600.0));
    auto* interactive = command->add_flag("--interactive", options->interactive,
                                          "Talk to the program: your input is passed on line by line");
    interactive->excludes("--stdin");
    command->add_flag("--json", options->json, "The report as one JSON object");
    command->footer(
        "Exit code 0 when the program ends with 0, 10 when it does not or meets a limit; without a working\n"
        "sandbox nothing is run.");
    command->callback([options, &context] { context.action = [options, &context] { return run(*options, context); }; });
}

} // namespace lemma::app
