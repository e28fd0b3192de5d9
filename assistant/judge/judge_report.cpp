#include "assistant/judge/judge_report.h"

#include <algorithm>
#include <fmt/format.h>

namespace lemma::assistant {

std::size_t JudgeReport::passed() const
{
    return static_cast<std::size_t>(std::ranges::count(cases, JudgeVerdict::Accepted, &CaseReport::verdict));
}

const CaseReport* JudgeReport::smallestFailure(Among among) const
{
    const CaseReport* smallest = nullptr;
    for (const CaseReport& one : cases) {
        const bool failed = one.verdict != JudgeVerdict::Accepted && one.verdict != JudgeVerdict::NotRun;
        const bool counts = failed && (among == Among::All || one.isVisible);
        if (counts && (smallest == nullptr || one.input.size() < smallest->input.size()))
            smallest = &one;
    }
    return smallest;
}

std::string JudgeReport::summary() const
{
    const char* tests = cases.size() == 1 ? "test" : "tests";
    if (wasOnlyRun && verdict == JudgeVerdict::Accepted)
        return "runs without an error; there are no tests";
    switch (verdict) {
    case JudgeVerdict::Accepted: return fmt::format("passes your {} {}", cases.size(), tests);
    case JudgeVerdict::CompileError: return "does not compile";
    case JudgeVerdict::BrokenTests: return "the tests themselves do not run";
    case JudgeVerdict::SandboxError: return "could not be checked: the sandbox failed";
    case JudgeVerdict::NotRun: return "was not run";
    case JudgeVerdict::Cancelled: return "was stopped before it was checked";
    default: break;
    }
    if (wasOnlyRun)
        return fmt::format("does not run ({})", judgeVerdictName(verdict));
    return fmt::format("fails {} of your {} {}", cases.size() - passed(), cases.size(), tests);
}

std::string_view judgeVerdictName(JudgeVerdict verdict)
{
    switch (verdict) {
    case JudgeVerdict::Accepted: return "accepted";
    case JudgeVerdict::WrongAnswer: return "wrong-answer";
    case JudgeVerdict::RuntimeError: return "runtime-error";
    case JudgeVerdict::CompileError: return "compile-error";
    case JudgeVerdict::TimeLimit: return "time-limit";
    case JudgeVerdict::MemoryLimit: return "memory-limit";
    case JudgeVerdict::OutputLimit: return "output-limit";
    case JudgeVerdict::Flaky: return "flaky";
    case JudgeVerdict::BrokenTests: return "broken-tests";
    case JudgeVerdict::SandboxError: return "sandbox-error";
    case JudgeVerdict::NotRun: return "not-run";
    case JudgeVerdict::Cancelled: return "cancelled";
    }
    return "sandbox-error";
}

} // namespace lemma::assistant
