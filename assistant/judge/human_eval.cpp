#include "assistant/judge/human_eval.h"

#include <fmt/format.h>

#include "assistant/extract/lines.h"
#include "assistant/judge/compressed_file.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using nlohmann::json;

namespace {

std::string member(const json& row, const char* name)
{
    return row.contains(name) && row[name].is_string() ? row[name].get<std::string>() : std::string();
}

std::string idOf(const json& row)
{
    if (row.contains("task_id") && row["task_id"].is_number_integer())
        return row["task_id"].dump();
    return member(row, "task_id");
}

// The name behind the first "assert": `assert f(1) == 2`, `assert set(f(1)) == ...` (a builtin around it).
std::string calledIn(const std::string& assertion, const std::string& code)
{
    std::string name;
    for (const char c : assertion) {
        if (isWordCharacter(c)) {
            name += c;
            continue;
        }
        if (c == '(' && code.find("def " + name + "(") != std::string::npos)
            return name;
        name.clear();
    }
    return {};
}

// The prompt as a program of its own: a function that only begins gets a body.
std::string preludeOf(const std::string& prompt)
{
    const std::string_view text = trimmed(prompt);
    return text.ends_with(':') ? prompt + "    pass\n" : prompt;
}

Result<HumanEvalProblem> problemFrom(const json& row)
{
    HumanEvalProblem problem;
    problem.id = idOf(row);
    problem.prompt = member(row, "prompt");
    problem.canonicalSolution = member(row, "canonical_solution");
    problem.task.name = problem.id;
    problem.task.entryPoint = member(row, "entry_point");
    problem.task.tests = member(row, "test");
    problem.task.prelude = preludeOf(problem.prompt);
    if (row.contains("test_list") && row["test_list"].is_array()) { // MBPP
        problem.canonicalSolution = member(row, "code");
        problem.task.text = problem.prompt.empty() ? member(row, "text") : problem.prompt;
        problem.prompt.clear();
        problem.task.prelude = member(row, "test_setup_code") + "\n";
        for (const json& line : row.value("test_imports", json::array()))
            problem.task.prelude += line.is_string() ? line.get<std::string>() + "\n" : "";
        for (const json& assertion : row["test_list"])
            problem.task.tests += assertion.is_string() ? assertion.get<std::string>() + "\n" : "";
        if (problem.task.entryPoint.empty())
            problem.task.entryPoint = calledIn(problem.task.tests, problem.canonicalSolution);
    }
    if (problem.id.empty() || problem.task.tests.empty() || problem.task.entryPoint.empty())
        return fail(ErrorCode::CorruptFile, "\"task_id\", \"entry_point\" and \"test\" must be there");
    return problem;
}

Result<std::vector<json>> readRows(const std::filesystem::path& file)
{
    LEMMA_TRY(const std::string text, readPossiblyCompressed(file));
    std::vector<json> rows;
    std::size_t number = 0;
    for (const std::string_view line : splitLines(text)) {
        ++number;
        if (trimmed(line).empty())
            continue;
        json row = json::parse(line, nullptr, false);
        if (!row.is_object())
            return fail(ErrorCode::CorruptFile, fmt::format("{}, line {}: no JSON object", file.string(), number));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

std::string HumanEvalProblem::program(const std::string& completion) const
{
    const bool isWhole = prompt.empty() || completion.starts_with("def " + task.entryPoint) ||
                         completion.find("\ndef " + task.entryPoint) != std::string::npos;
    if (!isWhole)
        return prompt + completion;
    // What stands before the function that was to be completed: its imports and helpers.
    const std::size_t entry = prompt.rfind("def " + task.entryPoint);
    return prompt.substr(0, entry == std::string::npos ? 0 : entry) + "\n" + completion;
}

Result<std::vector<HumanEvalProblem>> readHumanEval(const std::filesystem::path& file)
{
    LEMMA_TRY(const std::vector<json> rows, readRows(file));
    std::vector<HumanEvalProblem> problems;
    for (const json& row : rows) {
        auto problem = problemFrom(row);
        if (!problem)
            return fail(problem.error().code,
                        fmt::format("{}, task {}: {}", file.string(), problems.size() + 1, problem.error().message));
        problems.push_back(*std::move(problem));
    }
    return problems;
}

Result<std::multimap<std::string, std::string>> readSolutions(const std::filesystem::path& file)
{
    LEMMA_TRY(const std::vector<json> rows, readRows(file));
    std::multimap<std::string, std::string> solutions;
    for (const json& row : rows) {
        const std::string text = row.contains("completion") ? member(row, "completion") : member(row, "solution");
        if (idOf(row).empty() || text.empty())
            return fail(ErrorCode::CorruptFile,
                        fmt::format("{}: solution {} has no \"task_id\" and \"completion\" or \"solution\"",
                                    file.string(), solutions.size() + 1));
        solutions.emplace(idOf(row), text);
    }
    return solutions;
}

} // namespace lemma::assistant
