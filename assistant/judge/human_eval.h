#pragma once
// Collections of tasks in the form of HumanEval: JSON objects, one a line, plain or compressed by gzip, with
// "task_id", "prompt", "entry_point", "canonical_solution" and "test" (a program that defines check(candidate)). Files
// of MBPP's form ("code", "test_list" and "text") are read as well: what their asserts call is the entry point.
//
//     LEMMA_TRY(const auto problems, readHumanEval("HumanEval.jsonl.gz"));
//     judge(sandbox, problems[0].task, {{"solution.py", problems[0].program(problems[0].canonicalSolution)}}, stop);

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "assistant/judge/task.h"

namespace lemma::assistant {

struct HumanEvalProblem {
    std::string id;
    JudgeTask task;
    std::string prompt; // the beginning of the program; empty in MBPP's form
    std::string canonicalSolution;

    // A completion of the prompt, or a whole program, as a program: one that defines the entry point itself is left as
    // it is, behind the prompt's imports and helper functions.
    std::string program(const std::string& completion) const;
};

// CorruptFile names the line.
engine::Result<std::vector<HumanEvalProblem>> readHumanEval(const std::filesystem::path& file);

// Lines with "task_id" and "completion" or "solution": several for one task are samples in their order.
engine::Result<std::multimap<std::string, std::string>> readSolutions(const std::filesystem::path& file);

} // namespace lemma::assistant
