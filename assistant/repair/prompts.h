#pragma once
// The words in which a model is asked for a program and told what failed. One user message each and no system message,
// as R1 models want it; the whole file is asked for, since small models write broken diffs.
//
// Whatever a program printed is cut and cleaned before it goes into a prompt: output is as hostile as its program.

#include <string>
#include <string_view>

#include "assistant/judge/judge_report.h"
#include "assistant/judge/task.h"

namespace lemma::assistant {

std::string firstPrompt(const JudgeTask& task);

// `report`: of `program`. Names one failing case, the smallest visible one, or the compiler's first errors.
std::string repairPrompt(const JudgeTask& task, const std::string& program, const JudgeReport& report);

// Head and tail of a long text, at most about `limit` bytes; valid UTF-8 without control characters.
std::string excerpt(std::string_view text, std::size_t limit = 300);

} // namespace lemma::assistant
