#pragma once
// What a judge found, with the evidence for every case.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lemma::assistant {

enum class JudgeVerdict : std::uint8_t {
    Accepted,
    WrongAnswer,
    RuntimeError, // an exception, another exit code, a signal, or the program ended itself before it was asked all
    CompileError,
    TimeLimit,
    MemoryLimit,
    OutputLimit,
    Flaky,        // failed, and passed when it was run again
    BrokenTests,  // the tests' own fault: they do not run, or never call the solution
    SandboxError, // our side: never the program's fault, never shown to a model as one
    NotRun,       // the toolchain is missing, or an earlier end made it pointless
    Cancelled,
};

struct CaseReport {
    std::string name;
    JudgeVerdict verdict = JudgeVerdict::NotRun;
    bool isVisible = true;
    std::string input; // what the program was given: stdin, or "add(3, 4)"
    std::string expected;
    std::string got;
    std::string detail; // where it differs, the exception, the limit
    int line = 0;       // of the solution, where known
    std::chrono::microseconds wall{};
    std::chrono::microseconds cpu{};   // 0 where several cases shared one process
    std::uint64_t peakMemoryBytes = 0; // likewise
};

struct JudgeReport {
    JudgeVerdict verdict = JudgeVerdict::NotRun; // Accepted only if every case was
    std::vector<CaseReport> cases;
    std::string compilerMessages;
    std::string isolation;
    std::string detail;      // where no case says it
    bool wasOnlyRun = false; // the task has no tests: Accepted says no more than that the program ended well

    std::size_t passed() const;
    // The failing case with the shortest input: the one to look at first, or to show to a model where only the visible
    // ones count. Null where none failed.
    enum class Among : std::uint8_t { All, Visible };
    const CaseReport* smallestFailure(Among among = Among::All) const;
    // "passes your 7 tests", "fails 2 of your 7 tests": what was shown, and no more.
    std::string summary() const;
};

// "accepted", "wrong-answer", ...: stable, for JSON.
std::string_view judgeVerdictName(JudgeVerdict verdict);

} // namespace lemma::assistant
