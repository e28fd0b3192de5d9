#pragma once
// A programming task with the tests that decide about a solution. In a file (JSON, UTF-8; unknown members are refused,
// so that a misspelt one is not silently without effect):
//
//     {"name": "add", "language": "python", "text": "Add two numbers.",
//      "comparator": "tokens",                      or {"kind": "numbers", "absolute": 1e-9, "relative": 1e-9}
//                                                   or {"kind": "checker", "language": "python", "source": "..."}
//      "limits": {"seconds": 2, "memory_mib": 256}, of each case
//      "cases": [{"input": "3 4\n", "output": "7\n", "name": "small", "visible": true}, ...]}
//
// A program is run once for each case. Instead of inputs and outputs, cases may call a function (Python), with values
// as in typed_value.h:
//
//     {"language": "python", "entry_point": "add",
//      "cases": [{"arguments": [3, 4], "result": 7}, {"arguments": [1], "keywords": {"b": 2}, "raises": "TypeError"}],
//      "values": {"absolute": 1e-9, "relative": 0, "list_is_tuple": false, "ignore_order": false}}
//
// or a test program (Python) may: its asserts call the entry point, "check(candidate)" is called if it is there, and
// "prelude" holds names that the tests use:
//
//     {"language": "python", "entry_point": "add", "tests": "assert add(3, 4) == 7\n", "prelude": ""}

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "assistant/judge/comparator.h"
#include "assistant/judge/typed_value.h"
#include "engine/base/result.h"

namespace lemma::assistant {

struct OutputCase {
    std::string input;
    std::string output;
};

struct CallCase {
    nlohmann::json arguments = nlohmann::json::array(); // typed_value.h's wire form, as the next two
    nlohmann::json keywords = nlohmann::json::object();
    nlohmann::json result;
    std::string raises; // the type of the exception that is right; empty: the result is
};

struct TestCase {
    std::string name;                 // "case 3" where the file gives none
    bool isVisible = true;            // a hidden case is never shown to the model
    std::optional<OutputCase> output; // one of the two
    std::optional<CallCase> call;
};

struct TaskLimits {
    std::optional<std::chrono::milliseconds> time; // of one case; empty: the language's
    std::optional<std::uint64_t> memoryBytes;
};

struct JudgeTask {
    std::string name;
    std::string text;
    std::string language = "python";
    std::string entryPoint; // of call cases and test programs
    Comparator comparator;
    ValuePolicy values;
    TaskLimits limits;
    std::vector<TestCase> cases;
    std::string tests; // a test program; no cases then
    std::string prelude;
};

// CorruptFile with the place: "cases[2]: \"result\" or \"raises\" is missing".
engine::Result<JudgeTask> taskFromJson(std::string_view json);
engine::Result<JudgeTask> readTask(const std::filesystem::path& file);

} // namespace lemma::assistant
