#include "assistant/repair/coding_task.h"

#include <optional>
#include <vector>

#include "assistant/extract/lines.h"

namespace lemma::assistant {

namespace {

struct Example {
    std::string_view call;
    std::string_view result;
};

std::vector<Example> examplesOf(std::string_view text)
{
    std::vector<Example> examples;
    const std::vector<std::string_view> lines = splitLines(text);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        std::string_view call = trimmed(lines[i]);
        const std::string_view result = trimmed(lines[i + 1]);
        if (!call.starts_with(">>>"))
            continue;
        call = trimmed(call.substr(3));
        const bool ends = i + 2 == lines.size() || trimmed(lines[i + 2]).empty() ||
                          trimmed(lines[i + 2]).starts_with(">>>") || trimmed(lines[i + 2]).starts_with("\"\"\"") ||
                          trimmed(lines[i + 2]).starts_with("```");
        const bool isCall = call.find('(') != std::string_view::npos && call.ends_with(')');
        const bool isValue = !result.empty() && !result.starts_with(">>>") && !result.starts_with("Traceback") &&
                             !result.starts_with("...");
        if (isCall && isValue && ends)
            examples.push_back({call, result});
    }
    return examples;
}

std::string pythonLiteral(std::string_view text)
{
    std::string literal = "'";
    for (const char c : text) {
        if (c == '\\' || c == '\'')
            literal += '\\';
        literal += c;
    }
    return literal + "'";
}

} // namespace

std::string testsFromExamples(std::string_view text)
{
    std::string tests;
    for (const Example& example : examplesOf(text))
        tests += "assert repr(" + std::string(example.call) + ") == " + pythonLiteral(example.result) + "\n";
    return tests;
}

std::string entryPointOfExamples(std::string_view text)
{
    const std::vector<Example> examples = examplesOf(text);
    if (examples.empty())
        return {};
    const std::string_view name = examples.front().call.substr(0, examples.front().call.find('('));
    for (const char c : name) {
        if (!isWordCharacter(c))
            return {};
    }
    return std::string(name);
}

} // namespace lemma::assistant
