#pragma once
// Asks for a program, runs it against its tests, and lets the model repair it: a few times, with one failing case each
// time, and never in circles.
//
//     CodingTools tools{ask, test, [](const Round& round) { show(round.diff, round.report); }};
//     const CodingOutcome outcome = writeProgram(task, tools, {.rounds = 3}, stop);
//     outcome.end == CodingEnd::Passed, outcome.rounds[*outcome.best].program()
//
// Sources of the rules: the studies named in "Is Self-Repair a Silver Bullet for Code Generation?" (Olausson et al.,
// ICLR 2024): most of what repair brings it brings in the first two rounds, and sampling anew is often as good. So a
// round that makes no progress (the same program again, the same failure twice in a row, fewer tests passed than
// before, or a failure that the model must not see) is followed by a fresh sample instead of a repair.
//
// `ask` and `test` are functions, so that every path can be tried without a model or a sandbox. Blocks; one thread; a
// stop request ends it at once, with what there is.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "assistant/extract/program.h"
#include "assistant/judge/judge_report.h"
#include "assistant/judge/task.h"
#include "assistant/sandbox/sandbox.h"

namespace lemma::assistant {

struct CodingQuestion {
    std::string prompt;
    std::uint64_t seed = 0;
    std::optional<float> temperature; // none: as the model's family wants it
    int samples = 1;                  // candidates from one reading of the prompt; `score` chooses
    std::function<double(const std::string& answer)> score = {}; // of `samples` > 1: the share of tests passed
    std::int64_t maxTokens = 0;
};

struct CodingAnswer {
    std::string text;        // with its thought, or without
    std::int64_t tokens = 0; // of all samples
    bool isComplete = true;  // false: a limit of tokens cut it off
};

using AskModel = std::function<engine::Result<CodingAnswer>(const CodingQuestion&, std::stop_token)>;
using TestProgram =
    std::function<engine::Result<JudgeReport>(const JudgeTask&, const std::vector<SourceFile>&, std::stop_token)>;

struct RepairOptions {
    int rounds = 3;  // after the first
    int samples = 1; // of the first round: the best of n by tests
    std::uint64_t seed = 0;
    std::int64_t maxTokens = 60'000;
    std::chrono::seconds maxTime{900};
    std::function<std::chrono::steady_clock::time_point()> clock = {}; // none: the steady clock. For tests
};

enum class RoundKind : std::uint8_t { First, Repair, Fresh };

struct Round {
    RoundKind kind = RoundKind::First;
    std::string prompt;
    ExtractionStatus extraction = ExtractionStatus::NothingFound;
    std::vector<SourceFile> files; // the program; the main file first
    JudgeReport report;            // of all tests, hidden ones too; NotRun where there is no program
    std::string diff;              // to the program that was to be repaired
    std::int64_t tokens = 0;
    std::chrono::duration<double> asking{};
    std::chrono::duration<double> testing{};

    std::string program() const { return files.empty() ? std::string() : files.front().text; }
};

enum class CodingEnd : std::uint8_t {
    Passed,      // every test
    RoundsSpent, // best so far is in the outcome, as in all of the following
    TokensSpent,
    TimeSpent,
    Cancelled,
    BrokenTests, // the tests' own fault: asking again would not help
    SandboxFailed,
    ModelFailed,
};

struct CodingOutcome {
    CodingEnd end = CodingEnd::ModelFailed;
    std::vector<Round> rounds;
    std::optional<std::size_t> best; // the round with the most tests passed, the first of equals; none: no program
    std::int64_t tokens = 0;
    std::string detail; // of ModelFailed, SandboxFailed and BrokenTests

    // "passes your 7 tests after 2 repairs", "the best of 4 versions fails 1 of your 7 tests".
    std::string summary() const;
};

struct CodingTools {
    AskModel ask;
    TestProgram test;
    std::function<void(const Round&)> onRound = {}; // after each
};

CodingOutcome writeProgram(const JudgeTask& task, const CodingTools& tools, const RepairOptions& options,
                           std::stop_token stop);

// "passed", "rounds-spent", ...; "first", "repair", "fresh": stable, for JSON.
std::string_view codingEndName(CodingEnd end);
std::string_view roundKindName(RoundKind kind);

} // namespace lemma::assistant
