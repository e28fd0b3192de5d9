// `lemma-cli judge`: does a solution pass the tests of a task?
#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/text_file.h"
#include "assistant/judge/human_eval.h"
#include "assistant/judge/judge.h"
#include "engine/history/value_json.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using namespace lemma::assistant;
using nlohmann::ordered_json;

struct JudgeOptions {
    std::string task;
    std::string solution;
    std::string humanEval;
    std::string solutions = "canonical";
    int workers = 2;
    bool json = false;
};

double seconds(std::chrono::microseconds time) { return static_cast<double>(time.count()) / 1e6; }

ordered_json caseJson(const CaseReport& one)
{
    ordered_json json = {{"name", one.name},         {"verdict", judgeVerdictName(one.verdict)},
                         {"visible", one.isVisible}, {"input", one.input},
                         {"expected", one.expected}, {"got", one.got},
                         {"detail", one.detail}};
    if (one.line > 0)
        json["line"] = one.line;
    if (one.wall.count() > 0)
        json.update({{"wall_seconds", seconds(one.wall)},
                     {"cpu_seconds", seconds(one.cpu)},
                     {"peak_memory_bytes", one.peakMemoryBytes}});
    return json;
}

ordered_json reportJson(const JudgeReport& report)
{
    ordered_json cases = ordered_json::array();
    for (const CaseReport& one : report.cases)
        cases.push_back(caseJson(one));
    return {{"verdict", judgeVerdictName(report.verdict)},
            {"summary", report.summary()},
            {"passed", report.passed()},
            {"tests", report.cases.size()},
            {"detail", report.detail},
            {"compiler_messages", report.compilerMessages},
            {"isolation", report.isolation},
            {"cases", std::move(cases)}};
}

void printCase(const CaseReport& one, Console& console)
{
    console.line(fmt::format("{:<15} {}", judgeVerdictName(one.verdict), one.name));
    if (one.verdict == JudgeVerdict::Accepted || one.verdict == JudgeVerdict::NotRun)
        return;
    for (const auto& [label, text] : {std::pair("input", &one.input), std::pair("expected", &one.expected),
                                      std::pair("got", &one.got), std::pair("", &one.detail)}) {
        if (!text->empty())
            console.line(fmt::format("    {:<9} {}", label, text->substr(0, 300)));
    }
}

int exitOf(JudgeVerdict verdict)
{
    if (verdict == JudgeVerdict::Cancelled)
        return exitCancelled;
    return verdict == JudgeVerdict::Accepted ? exitDone : exitProgramFailed;
}

Result<int> judgeOne(const JudgeOptions& options, CommandContext& context)
{
    LEMMA_TRY(const JudgeTask task, readTask(options.task));
    LEMMA_TRY(std::string text, readTextFile(options.solution));
    LEMMA_TRY(const Sandbox sandbox, Sandbox::probe());
    std::stop_source stop;
    const Interrupts::Scope scope(context.interrupts, stop);
    const std::string name =
        options.solution == "-" ? "solution.py" : std::filesystem::path(options.solution).filename().string();
    LEMMA_TRY(const JudgeReport report, judge(sandbox, task, {{name, std::move(text)}}, stop.get_token()));
    if (report.verdict == JudgeVerdict::SandboxError)
        return fail(ErrorCode::Internal, "the sandbox failed: " + report.detail);
    if (options.json) {
        context.console.line(jsonLine(reportJson(report)));
        return exitOf(report.verdict);
    }
    for (const CaseReport& one : report.cases)
        printCase(one, context.console);
    if (!report.compilerMessages.empty())
        context.console.line(report.compilerMessages);
    if (!report.detail.empty())
        context.console.line(report.detail);
    context.console.line(report.summary());
    return exitOf(report.verdict);
}

struct Sample {
    const HumanEvalProblem* problem = nullptr;
    std::string solution;
};

Result<std::vector<Sample>> samplesOf(const JudgeOptions& options, const std::vector<HumanEvalProblem>& problems)
{
    std::vector<Sample> samples;
    if (options.solutions == "canonical") {
        for (const HumanEvalProblem& problem : problems)
            samples.push_back({&problem, problem.canonicalSolution});
        return samples;
    }
    LEMMA_TRY(const auto solutions, readSolutions(options.solutions));
    for (const HumanEvalProblem& problem : problems) {
        for (auto [it, end] = solutions.equal_range(problem.id); it != end; ++it)
            samples.push_back({&problem, it->second});
    }
    if (samples.size() != solutions.size())
        return fail(ErrorCode::NotFound,
                    fmt::format("{} of {} solutions are for tasks that {} does not have",
                                solutions.size() - samples.size(), solutions.size(), options.humanEval));
    return samples;
}

// Judges samples on several threads and prints each as it is decided.
class Run {
public:
    Run(const Sandbox& sandbox, const std::vector<Sample>& samples, const JudgeOptions& options, Console& console)
        : m_sandbox(sandbox), m_samples(samples), m_options(options), m_console(console)
    {
    }

    Result<int> judgeAll(std::stop_token stop)
    {
        const auto start = std::chrono::steady_clock::now();
        {
            std::vector<std::jthread> workers;
            for (int i = 0; i < m_options.workers; ++i)
                workers.emplace_back([this, stop] { work(stop); });
        }
        if (m_error)
            return fail(*m_error);
        printSummary(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        if (stop.stop_requested())
            return exitCancelled;
        return m_accepted == m_samples.size() ? exitDone : exitProgramFailed;
    }

private:
    void work(const std::stop_token& stop)
    {
        for (std::size_t i = m_next++; i < m_samples.size() && !stop.stop_requested(); i = m_next++) {
            const Sample& sample = m_samples[i];
            const auto start = std::chrono::steady_clock::now();
            const auto report = judge(m_sandbox, sample.problem->task,
                                      {{"solution.py", sample.problem->program(sample.solution)}}, stop);
            const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            const std::lock_guard lock(m_mutex);
            if (report)
                add(sample, *report, took);
            else
                m_error = report.error();
        }
    }

    void add(const Sample& sample, const JudgeReport& report, double took)
    {
        m_times.push_back(took);
        m_accepted += report.verdict == JudgeVerdict::Accepted ? 1U : 0U;
        ++m_verdicts[judgeVerdictName(report.verdict)];
        const CaseReport* failure = report.smallestFailure();
        const std::string detail = failure != nullptr ? failure->detail : report.detail;
        if (m_options.json)
            m_console.line(jsonLine({{"task_id", sample.problem->id},
                                     {"verdict", judgeVerdictName(report.verdict)},
                                     {"detail", detail},
                                     {"expected", failure != nullptr ? failure->expected : ""},
                                     {"got", failure != nullptr ? failure->got : ""},
                                     {"seconds", took}}));
        else
            m_console.line(fmt::format("{:<15} {} {}", judgeVerdictName(report.verdict), sample.problem->id,
                                       detail.substr(0, 100)));
    }

    void printSummary(double total)
    {
        std::ranges::sort(m_times);
        const double median = m_times.empty() ? 0 : m_times[m_times.size() / 2];
        if (m_options.json) {
            m_console.line(jsonLine({{"summary",
                                      {{"tasks", m_times.size()},
                                       {"accepted", m_accepted},
                                       {"verdicts", m_verdicts},
                                       {"median_seconds", median},
                                       {"total_seconds", total},
                                       {"workers", m_options.workers}}}}));
            return;
        }
        m_console.line(fmt::format("{} of {} accepted; median {:.0f} ms a task, {:.1f} s in all with {} workers",
                                   m_accepted, m_times.size(), median * 1000, total, m_options.workers));
    }

    const Sandbox& m_sandbox;
    const std::vector<Sample>& m_samples;
    const JudgeOptions& m_options;
    Console& m_console;
    std::atomic<std::size_t> m_next = 0;
    std::mutex m_mutex; // of everything below, and of the console
    std::vector<double> m_times;
    std::map<std::string_view, int> m_verdicts;
    std::size_t m_accepted = 0;
    std::optional<Error> m_error;
};

Result<int> judgeHumanEval(const JudgeOptions& options, CommandContext& context)
{
    LEMMA_TRY(const std::vector<HumanEvalProblem> problems, readHumanEval(options.humanEval));
    LEMMA_TRY(const std::vector<Sample> samples, samplesOf(options, problems));
    LEMMA_TRY(const Sandbox sandbox, Sandbox::probe());
    std::stop_source stop;
    const Interrupts::Scope scope(context.interrupts, stop);
    return Run(sandbox, samples, options, context.console).judgeAll(stop.get_token());
}

} // namespace

void addJudgeCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("judge", "Run a solution against the tests of a task, in the sandbox");
    auto options = std::make_shared<JudgeOptions>();
    auto* task = command->add_option("--task", options->task, "The task and its tests (JSON, see below)");
    auto* solution = command->add_option("--solution", options->solution, "The solution's file; - for stdin");
    auto* humanEval =
        command->add_option("--humaneval", options->humanEval, "Many tasks in HumanEval's form, .jsonl or .jsonl.gz");
    command
        ->add_option("--solutions", options->solutions, "\"canonical\", or a file of lines with task_id and completion")
        ->needs(humanEval)
        ->capture_default_str();
    command->add_option("--workers", options->workers, "Tasks judged at once")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_flag("--json", options->json, "One JSON object for a task, and a summary");
    task->needs(solution)->excludes(humanEval);
    solution->needs(task);
    command->require_option(1, 0);
    command->footer(
        "A task: {\"language\": \"python\", \"cases\": [{\"input\": \"3 4\\n\", \"output\": \"7\\n\"}]}, or with\n"
        "\"entry_point\": \"add\" and cases {\"arguments\": [3, 4], \"result\": 7}, or \"tests\": \"assert add(3, 4) "
        "== 7\".\n"
        "\"comparator\": tokens (default), exact, trailing-space, unordered-lines, numbers, line-patterns, or\n"
        "{\"kind\": \"checker\", \"language\": ..., \"source\": ...}. \"limits\": {\"seconds\": 2, \"memory_mib\": "
        "256}.\n"
        "What the solution must answer never enters its sandbox. Exit code 0 when everything passes, 10 when not.");
    command->callback([options, humanEval, &context] {
        const bool many = humanEval->count() > 0;
        context.action = [options, many, &context]() -> Result<int> {
            if (!many && options->task.empty())
                return fail(ErrorCode::InvalidArgument, "--task or --humaneval is needed");
            return many ? judgeHumanEval(*options, context) : judgeOne(*options, context);
        };
    });
}

} // namespace lemma::app
