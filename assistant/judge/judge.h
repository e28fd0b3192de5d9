#pragma once
// Decides whether a solution passes the tests of a task. Nothing is believed: the solution runs in the sandbox, and
// what it must answer never goes in there with it. Outputs and results are compared here; a test program runs in a
// sandbox of its own, and the solution sees its questions one by one.
//
//     LEMMA_TRY(const Sandbox sandbox, Sandbox::probe());
//     LEMMA_TRY(const JudgeReport report, judge(sandbox, task, {{"solution.py", text}}, stop));
//     report.summary()                    "passes your 7 tests"
//
// A task without any tests is only run, with an empty input (JudgeReport::wasOnlyRun).
//
// Blocks; for a worker thread; several at once may use one Sandbox. Errors: InvalidArgument (a task that cannot be
// judged: function calls in another language than Python, a pattern that cannot be read), NotFound (no toolchain).

#include <stop_token>
#include <vector>

#include "assistant/judge/judge_report.h"
#include "assistant/judge/task.h"
#include "assistant/sandbox/sandbox.h"

namespace lemma::assistant {

// `solution`: the main file first.
engine::Result<JudgeReport> judge(const Sandbox& sandbox, const JudgeTask& task,
                                  const std::vector<SourceFile>& solution, std::stop_token stop = {});

} // namespace lemma::assistant
