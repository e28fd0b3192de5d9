// Cases with stdin and expected stdout: one run each.
#include <utility>

#include <fmt/format.h>

#include "assistant/judge/case_judges.h"
#include "assistant/judge/checker.h"
#include "assistant/sandbox/language.h"

namespace lemma::assistant {

using engine::Result;

namespace {

constexpr int maxReruns = 3; // of failed cases, to tell flaky programs from wrong ones

Result<Comparison> compare(const JudgeRun& run, const OutputCase& wanted, const std::string& got)
{
    if (run.task.comparator.kind != ComparatorKind::Checker)
        return compareOutput(run.task.comparator, wanted.output, got);
    return runChecker(run.sandbox, run.task.comparator, {wanted.input, wanted.output, got}, run.stop);
}

Result<CaseReport> judgeOnce(const JudgeRun& run, const TestCase& one, RunRequest& request)
{
    request.input = one.output->input;
    LEMMA_TRY(const RunReport report, run.sandbox.run(request, run.stop));
    CaseReport result{one.name,           verdictOf(report), one.isVisible,         one.output->input,
                      one.output->output, report.output,     report.detail,         0,
                      report.wall,        report.cpu,        report.peakMemoryBytes};
    if (result.verdict == JudgeVerdict::RuntimeError)
        result.detail += report.displayErrors.empty() ? "" : "\n" + report.displayErrors;
    if (result.verdict != JudgeVerdict::Accepted)
        return result;
    LEMMA_TRY(Comparison comparison, compare(run, *one.output, report.output));
    if (!comparison.isSame) {
        result.verdict = report.outputTruncated ? JudgeVerdict::OutputLimit : JudgeVerdict::WrongAnswer;
        result.detail = std::move(comparison.where);
    }
    return result;
}

bool mayBeFlaky(JudgeVerdict verdict)
{
    return verdict == JudgeVerdict::WrongAnswer || verdict == JudgeVerdict::RuntimeError;
}

} // namespace

Result<JudgeReport> judgeOutputs(const JudgeRun& run)
{
    RunRequest request;
    request.language = run.task.language;
    request.files = run.solution;
    request.limits = limitsOf(run.task);
    LEMMA_TRY(Build build, run.sandbox.build(request, run.stop));
    JudgeReport report;
    report.compilerMessages = build.report.compilerMessages;
    report.isolation = build.report.isolation;
    if (build.report.verdict != Verdict::Ok) {
        report.verdict = verdictOf(build.report);
        report.detail = build.report.detail;
        return report;
    }
    request.program = std::move(build.program);
    int reruns = 0;
    for (const TestCase& one : run.task.cases) {
        LEMMA_TRY(CaseReport result, judgeOnce(run, one, request));
        if (mayBeFlaky(result.verdict) && reruns++ < maxReruns) {
            LEMMA_TRY(const CaseReport again, judgeOnce(run, one, request));
            if (again.verdict == JudgeVerdict::Accepted)
                result.verdict = JudgeVerdict::Flaky;
        }
        report.cases.push_back(std::move(result));
        if (run.stop.stop_requested())
            break;
    }
    return report;
}

} // namespace lemma::assistant
