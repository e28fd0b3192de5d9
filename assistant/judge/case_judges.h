#pragma once
// The three kinds of tests, each judged in a file of its own.

#include <string_view>

#include "assistant/judge/judge.h"
#include "assistant/sandbox/limits.h"

namespace lemma::assistant {

struct JudgeRun {
    const Sandbox& sandbox;
    const JudgeTask& task;
    const std::vector<SourceFile>& solution;
    std::stop_token stop;
};

engine::Result<JudgeReport> judgeOutputs(const JudgeRun& run);     // output_cases.cpp
engine::Result<JudgeReport> judgeCalls(const JudgeRun& run);       // call_cases.cpp
engine::Result<JudgeReport> judgeTestProgram(const JudgeRun& run); // test_program.cpp

// The task's limits over the language's, for one case.
Limits limitsOf(const JudgeTask& task);

// The solution's files with the Python driver as the main file; one source file of any name becomes solution.py.
RunRequest callDriverRequest(const JudgeRun& run, std::size_t cases);

// Of Python: the solution does not compile.
bool isSyntaxError(std::string_view exceptionType);

// "add(3, b=4)", of arguments and keywords in typed_value.h's form; what is no array, or no object, is left out.
std::string callText(const std::string& function, const nlohmann::json& arguments, const nlohmann::json& keywords);

// What a run that failed as a whole means for a case. Ok, where it ended by itself with exit code 0.
JudgeVerdict verdictOf(const RunReport& report);

} // namespace lemma::assistant
