// A test program whose questions are put to the solution one by one: two sandboxes, and this process between them.
#include <fmt/format.h>

#include "assistant/judge/case_judges.h"
#include "assistant/judge/driver_process.h"
#include "assistant/judge/python_driver.h"

namespace lemma::assistant {

using engine::Result;
using nlohmann::json;

namespace {

RunRequest examinerRequest(const JudgeRun& run, const Limits& ofSolution)
{
    RunRequest request;
    request.language = "python";
    request.files = {{"lemma_examiner.py", std::string(pythonExaminer())},
                     {"prelude.py", run.task.prelude},
                     {"tests.py", run.task.tests}};
    request.arguments = {run.task.entryPoint};
    Limits limits = ofSolution;
    limits.wall += std::chrono::seconds(10); // the solution's limits are to be met first
    limits.cpu += std::chrono::seconds(10);
    limits.memoryBytes = 512 * mebibyte;
    request.limits = limits;
    return request;
}

// Passes questions and answers on until one side has nothing more to say; the examiner's last word, if it had one.
std::optional<json> relay(DriverProcess& examiner, DriverProcess& solution)
{
    while (auto question = examiner.receive()) {
        if (!question->contains("i"))
            return question;
        solution.send(*question);
        if (const auto answer = solution.receiveAnswer((*question)["i"]))
            examiner.send(*answer);
        else
            examiner.closeInput();
    }
    return std::nullopt;
}

void describeFailure(const JudgeRun& run, const json& failure, CaseReport& result)
{
    const json call = objectMember(failure, "call");
    result.input = callText(run.task.entryPoint, call.value("a", json()), call.value("k", json()));
    result.expected = textMember(failure, "source");
    if (failure.contains("got") && !failure["got"].is_null())
        result.got = valueText(failure["got"]);
    result.detail = textMember(failure, "text");
}

struct Endings {
    const RunReport& examiner;
    const RunReport& solution;
    bool wasReady = false; // the solution was loaded
};

// The examiner never came to an end of its own.
void decideByEnding(const Endings& endings, bool solutionWasGone, CaseReport& result)
{
    const bool solutionEnded = !endings.wasReady || solutionWasGone || endings.solution.verdict != Verdict::Ok;
    const RunReport& guilty = solutionEnded ? endings.solution : endings.examiner;
    result.verdict = verdictOf(guilty);
    result.detail = guilty.detail;
    const bool ours = result.verdict == JudgeVerdict::Cancelled || result.verdict == JudgeVerdict::SandboxError;
    if (!solutionEnded && !ours)
        result.verdict = JudgeVerdict::BrokenTests;
    if (result.verdict == JudgeVerdict::Accepted) {
        result.verdict = JudgeVerdict::RuntimeError;
        result.detail = "the program ended itself before all tests had asked";
    }
}

void decide(const JudgeRun& run, const std::optional<json>& last, const Endings& endings, CaseReport& result)
{
    if (last && last->contains("done")) {
        result.verdict = numberMember(*last, "calls") > 0 ? JudgeVerdict::Accepted : JudgeVerdict::BrokenTests;
        result.detail = result.verdict == JudgeVerdict::Accepted ? "" : "the tests never call the solution";
    } else if (last && last->contains("failed")) {
        const json failure = objectMember(*last, "failed");
        describeFailure(run, failure, result);
        const std::string raised = textMember(failure, "raised");
        result.verdict = raised.empty() ? JudgeVerdict::WrongAnswer : JudgeVerdict::RuntimeError;
        if (!raised.empty())
            result.detail = raised;
    } else if (last && last->contains("broken")) {
        result.verdict = JudgeVerdict::BrokenTests;
        describeFailure(run, objectMember(*last, "broken"), result);
    } else {
        if (last)
            describeFailure(run, *last, result);
        decideByEnding(endings, last && last->contains("gone"), result);
    }
}

} // namespace

Result<JudgeReport> judgeTestProgram(const JudgeRun& run)
{
    const RunRequest request = callDriverRequest(run, 1);
    DriverProcess solution(run.sandbox, request, run.stop);
    DriverProcess examiner(run.sandbox, examinerRequest(run, *request.limits), run.stop);
    JudgeReport report;
    CaseReport result;
    result.name = "the tests";
    const auto ready = solution.receiveWith({"ready", "import"});
    std::optional<json> last;
    const bool wasReady = ready && ready->contains("ready");
    if (wasReady)
        last = relay(examiner, solution);
    const Result<RunReport>& ofExaminer = examiner.finish();
    const Result<RunReport>& ofSolution = solution.finish();
    if (!ofExaminer)
        return engine::fail(ofExaminer.error());
    if (!ofSolution)
        return engine::fail(ofSolution.error());
    report.isolation = ofSolution->isolation;
    if (ready && ready->contains("import")) {
        const json error = objectMember(*ready, "import");
        const std::string type = textMember(error, "type");
        report.verdict = isSyntaxError(type) ? JudgeVerdict::CompileError : JudgeVerdict::RuntimeError;
        report.detail = fmt::format("{}: {}", type, textMember(error, "text"));
    } else {
        decide(run, last, {*ofExaminer, *ofSolution, wasReady}, result);
    }
    result.wall = ofSolution->wall;
    result.cpu = ofSolution->cpu;
    result.peakMemoryBytes = ofSolution->peakMemoryBytes;
    report.cases.push_back(std::move(result));
    return report;
}

} // namespace lemma::assistant
