#include "assistant/judge/judge.h"

#include <algorithm>
#include <utility>

#include "assistant/judge/case_judges.h"
#include "assistant/judge/python_driver.h"
#include "assistant/sandbox/language.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using nlohmann::json;

namespace {

// The first verdict that is not Accepted and says more than that others came before it.
JudgeVerdict overall(const JudgeReport& report)
{
    JudgeVerdict verdict = JudgeVerdict::Accepted;
    for (const CaseReport& one : report.cases) {
        if (one.verdict == JudgeVerdict::Accepted || one.verdict == JudgeVerdict::NotRun)
            continue;
        if (verdict == JudgeVerdict::Accepted || verdict == JudgeVerdict::Flaky)
            verdict = one.verdict;
    }
    const bool allRan =
        std::ranges::none_of(report.cases, [](const CaseReport& one) { return one.verdict == JudgeVerdict::NotRun; });
    return verdict == JudgeVerdict::Accepted && !allRan ? JudgeVerdict::NotRun : verdict;
}

Result<JudgeReport> onlyRun(const Sandbox& sandbox, const JudgeTask& task, const std::vector<SourceFile>& solution,
                            std::stop_token stop)
{
    RunRequest request;
    request.language = task.language;
    request.files = solution;
    request.limits = limitsOf(task);
    LEMMA_TRY(const RunReport run, sandbox.run(request, std::move(stop)));
    JudgeReport report;
    report.wasOnlyRun = true;
    report.verdict = verdictOf(run);
    report.compilerMessages = run.compilerMessages;
    report.isolation = run.isolation;
    report.detail = run.displayErrors.empty() ? run.detail : run.displayErrors;
    return report;
}

} // namespace

Limits limitsOf(const JudgeTask& task)
{
    const Language* language = findLanguage(task.language);
    Limits limits = language != nullptr ? language->runLimits : Limits();
    if (task.limits.time) {
        limits.cpu = *task.limits.time;
        // CPU time is the measure; the wall clock only ends what waits, and must not punish a busy machine.
        limits.wall = 4 * *task.limits.time + std::chrono::seconds(1);
    }
    if (task.limits.memoryBytes)
        limits.memoryBytes = *task.limits.memoryBytes;
    return limits;
}

std::string callText(const std::string& function, const json& arguments, const json& keywords)
{
    std::string text = function + "(";
    const char* separator = "";
    if (arguments.is_array()) {
        for (const json& argument : arguments)
            text += std::exchange(separator, ", ") + valueText(argument);
    }
    if (keywords.is_object()) {
        for (const auto& [name, argument] : keywords.items())
            text += std::exchange(separator, ", ") + name + "=" + valueText(argument);
    }
    return text + ")";
}

RunRequest callDriverRequest(const JudgeRun& run, std::size_t cases)
{
    RunRequest request;
    request.language = "python";
    request.files = {{std::string(driverFileName), std::string(pythonCallDriver())}};
    for (const SourceFile& file : run.solution)
        request.files.push_back(file);
    request.files[1].path = solutionFileName;
    Limits limits = limitsOf(run.task);
    const auto factor = static_cast<int>(std::clamp<std::size_t>(cases, 1, 60));
    limits.wall = limits.wall * factor + std::chrono::seconds(5);
    limits.cpu = limits.cpu * factor + std::chrono::seconds(2);
    limits.keptOutputBytes = limits.killOutputBytes = 8 * mebibyte;
    request.limits = limits;
    return request;
}

bool isSyntaxError(std::string_view exceptionType)
{
    return exceptionType == "SyntaxError" || exceptionType == "IndentationError" || exceptionType == "TabError";
}

JudgeVerdict verdictOf(const RunReport& report)
{
    switch (report.verdict) {
    case Verdict::Ok: return JudgeVerdict::Accepted;
    case Verdict::RuntimeError: return JudgeVerdict::RuntimeError;
    case Verdict::TimeLimit: return JudgeVerdict::TimeLimit;
    case Verdict::MemoryLimit: return JudgeVerdict::MemoryLimit;
    case Verdict::OutputLimit: return JudgeVerdict::OutputLimit;
    case Verdict::CompileError: return JudgeVerdict::CompileError;
    case Verdict::SandboxError: return JudgeVerdict::SandboxError;
    case Verdict::Cancelled: return JudgeVerdict::Cancelled;
    }
    return JudgeVerdict::SandboxError;
}

Result<JudgeReport> judge(const Sandbox& sandbox, const JudgeTask& task, const std::vector<SourceFile>& solution,
                          std::stop_token stop)
{
    if (solution.empty())
        return fail(ErrorCode::InvalidArgument, "there is no solution to judge");
    if (task.tests.empty() && task.cases.empty())
        return onlyRun(sandbox, task, solution, std::move(stop));
    const bool isProgram = task.tests.empty() && !task.cases.front().call;
    const Language* language = findLanguage(task.language);
    if (!isProgram && (language == nullptr || language->id != "python"))
        return fail(ErrorCode::InvalidArgument,
                    "functions are called in Python only; a task in another language needs inputs and outputs");
    const JudgeRun run{sandbox, task, solution, std::move(stop)};
    LEMMA_TRY(JudgeReport report, isProgram            ? judgeOutputs(run)
                                  : task.tests.empty() ? judgeCalls(run)
                                                       : judgeTestProgram(run));
    if (report.verdict == JudgeVerdict::NotRun)
        report.verdict = overall(report);
    return report;
}

} // namespace lemma::assistant
