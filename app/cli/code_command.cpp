// `lemma-cli code`: a program that has run and passed its tests before it is shown as one that does.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/generation_options.h"
#include "app/cli/text_file.h"
#include "assistant/judge/judge.h"
#include "assistant/repair/coding_task.h"
#include "assistant/repair/repair_loop.h"
#include "assistant/repair/service_asker.h"
#include "assistant/sandbox/language.h"
#include "engine/base/utf8.h"
#include "engine/history/value_json.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using namespace lemma::assistant;
using nlohmann::ordered_json;

struct CodeOptions {
    std::vector<std::string> words;
    std::string language = "python";
    std::string tests;
    std::string entryPoint;
    GenerationOptions generation;
    RepairOptions repair;
    int seconds = 900;
    bool json = false;
};

// The tests of --tests (a task file, or a Python program of asserts), else the examples in the text itself.
Result<JudgeTask> taskOf(const CodeOptions& options)
{
    JudgeTask task;
    const bool isTaskFile = options.tests.ends_with(".json");
    if (isTaskFile) {
        LEMMA_TRY(task, readTask(options.tests));
    } else {
        const Language* language = findLanguage(options.language);
        if (language == nullptr)
            return fail(ErrorCode::InvalidArgument, fmt::format("there is no language '{}'", options.language));
        task.language = std::string(language->id);
    }
    const std::string words = utf8Sanitized(fmt::format("{}", fmt::join(options.words, " ")));
    if (!words.empty()) {
        task.text = words;
        if (words == "-") {
            LEMMA_TRY(task.text, readTextFile("-"));
        }
    }
    if (task.text.find_first_not_of(" \n\t") == std::string::npos)
        return fail(ErrorCode::InvalidArgument, "there is no task: say what the program shall do");
    if (!options.entryPoint.empty())
        task.entryPoint = options.entryPoint;
    if (!options.tests.empty() && !isTaskFile) {
        LEMMA_TRY(task.tests, readTextFile(options.tests));
        if (task.entryPoint.empty())
            return fail(ErrorCode::InvalidArgument, "--entry-point, the function that the tests call, is missing");
    }
    if (task.tests.empty() && task.cases.empty() && task.language == "python") {
        if (task.entryPoint.empty())
            task.entryPoint = entryPointOfExamples(task.text);
        task.tests = task.entryPoint.empty() ? std::string() : testsFromExamples(task.text);
    }
    return task;
}

ordered_json roundJson(const Round& round, int number)
{
    ordered_json files = ordered_json::array();
    for (const SourceFile& file : round.files)
        files.push_back({{"path", file.path}, {"source", file.text}});
    const CaseReport* failure = round.report.smallestFailure();
    ordered_json json = {{"event", "round"},
                         {"number", number},
                         {"kind", roundKindName(round.kind)},
                         {"verdict", judgeVerdictName(round.report.verdict)},
                         {"summary", round.files.empty() ? "no program in the answer" : round.report.summary()},
                         {"passed", round.report.passed()},
                         {"tests", round.report.cases.size()},
                         {"tokens", round.tokens},
                         {"asking_seconds", round.asking.count()},
                         {"testing_seconds", round.testing.count()},
                         {"diff", round.diff},
                         {"files", std::move(files)}};
    if (failure != nullptr)
        json["failure"] = {{"name", failure->name},   {"verdict", judgeVerdictName(failure->verdict)},
                           {"input", failure->input}, {"expected", failure->expected},
                           {"got", failure->got},     {"detail", failure->detail}};
    else if (!round.report.detail.empty() || !round.report.compilerMessages.empty())
        json["failure"] = {{"detail", round.report.detail + round.report.compilerMessages}};
    return json;
}

void printRound(const Round& round, int number, Console& console)
{
    const std::string_view heading = round.kind == RoundKind::First    ? "First version"
                                     : round.kind == RoundKind::Repair ? "Repair"
                                                                       : "Another attempt";
    console.clearProgress();
    console.note(fmt::format("{} ({}): {}", heading, number,
                             round.files.empty() ? "there is no program in the answer" : round.report.summary()));
    if (!round.diff.empty())
        console.note(round.diff);
    if (const CaseReport* failure = round.report.smallestFailure())
        console.note(fmt::format("  {}: {}\n  expected: {}\n  got: {}\n  {}", failure->name,
                                 failure->input.substr(0, 200), failure->expected.substr(0, 200),
                                 failure->got.substr(0, 200), failure->detail.substr(0, 300)));
}

Result<int> finish(const CodingOutcome& outcome, const CodeOptions& options, Console& console)
{
    console.clearProgress();
    if (options.json) {
        ordered_json json = {{"event", "finished"},
                             {"end", codingEndName(outcome.end)},
                             {"summary", outcome.summary()},
                             {"rounds", outcome.rounds.size()},
                             {"tokens", outcome.tokens}};
        json["best"] = outcome.best ? ordered_json(*outcome.best + 1) : ordered_json();
        console.line(jsonLine(json));
    } else if (outcome.best) {
        const Round& best = outcome.rounds[*outcome.best];
        for (const SourceFile& file : best.files) {
            if (best.files.size() > 1)
                console.line(fmt::format("==> {} <==", file.path));
            console.write(file.text);
        }
    }
    switch (outcome.end) {
    case CodingEnd::Passed: break;
    case CodingEnd::Cancelled: return exitCancelled;
    case CodingEnd::ModelFailed:
    case CodingEnd::SandboxFailed: return fail(ErrorCode::Internal, outcome.summary());
    case CodingEnd::BrokenTests: return fail(ErrorCode::InvalidArgument, outcome.summary());
    default: console.warn("the program " + outcome.summary()); return exitProgramFailed;
    }
    console.note("The program " + outcome.summary() + ".");
    return exitDone;
}

Result<int> run(const CodeOptions& options, CommandContext& context)
{
    LEMMA_TRY(const JudgeTask task, taskOf(options));
    LEMMA_TRY(const Sandbox sandbox, Sandbox::probe()); // before minutes are spent on a program that cannot be run
    LEMMA_TRY(const std::string lastUsed, lastUsedModel(options.generation));
    LEMMA_TRY(GenerationRequest base, options.generation.request(lastUsed));
    RepairOptions repair = options.repair;
    repair.seed = base.seed;
    repair.maxTime = std::chrono::seconds(options.seconds);

    const auto service = context.services.makeEngine(options.generation.engine());
    std::stop_source stop;
    const Interrupts::Scope scope(context.interrupts, stop);
    int number = 0;
    CodingTools tools;
    tools.ask = askService(*service, std::move(base));
    tools.test = [&sandbox](const JudgeTask& what, const std::vector<SourceFile>& files, std::stop_token token) {
        return judge(sandbox, what, files, std::move(token));
    };
    tools.onRound = [&](const Round& round) {
        ++number;
        if (options.json)
            context.console.line(jsonLine(roundJson(round, number)));
        else
            printRound(round, number, context.console);
    };
    context.console.progress("Writing the program");
    const CodingOutcome outcome = writeProgram(task, tools, repair, stop.get_token());
    return finish(outcome, options, context.console);
}

} // namespace

void addCodeCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("code", "Write a program, run it against tests, and repair it");
    auto options = std::make_shared<CodeOptions>();
    command->add_option("task", options->words, "What the program shall do; - reads it from standard input");
    command->add_option("--language", options->language, "Its language")->capture_default_str();
    command->add_option(
        "--tests", options->tests,
        "A task file (.json, see `lemma-cli judge --help`) or Python asserts [the examples in the task]");
    command->add_option("--entry-point", options->entryPoint, "The function that the tests call");
    command->add_option("--rounds", options->repair.rounds, "Repairs and further attempts at most")
        ->check(CLI::Range(0, 50))
        ->capture_default_str();
    command->add_option("--best-of", options->repair.samples, "First versions written at once; the tests choose")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option("--token-budget", options->repair.maxTokens, "Tokens at most, over all rounds")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
    command->add_option("--seconds", options->seconds, "Seconds at most, over all rounds")
        ->check(CLI::Range(1, 864'000))
        ->capture_default_str();
    command->add_flag("--json", options->json, "One JSON object for each round, and one at the end");
    options->generation.addModelTo(*command);
    command->footer(
        "The program is written to standard output, the best version where none passes everything (exit code 10).\n"
        "Nothing is run outside the sandbox, and the conversation is not stored.\n"
        "Example: lemma-cli code 'Reverse the words of a text. >>> f(\"a b\")'");
    command->callback([options, &context] { context.action = [options, &context] { return run(*options, context); }; });
}

} // namespace lemma::app
