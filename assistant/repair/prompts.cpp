#include "assistant/repair/prompts.h"

#include <algorithm>
#include <fmt/format.h>

#include "assistant/extract/lines.h"
#include "assistant/sandbox/display_text.h"
#include "assistant/sandbox/language.h"
#include "engine/base/utf8.h"

namespace lemma::assistant {

namespace {

constexpr std::size_t maxCompilerErrors = 3;

std::string languageName(const std::string& id)
{
    const Language* language = findLanguage(id);
    return language != nullptr ? std::string(language->name) : id;
}

std::string fence(const std::string& language, const std::string& program)
{
    return fmt::format("```{}\n{}{}```\n", language, program, program.ends_with('\n') ? "" : "\n");
}

// The first errors, each with the source line that the compiler shows below it.
std::string firstErrors(const std::string& messages)
{
    std::string text;
    std::size_t errors = 0;
    const std::vector<std::string_view> lines = splitLines(messages);
    for (std::size_t i = 0; i < lines.size() && errors < maxCompilerErrors; ++i) {
        if (lines[i].find("rror") == std::string_view::npos)
            continue;
        ++errors;
        for (std::size_t k = i; k < std::min(i + 3, lines.size()); ++k)
            text += excerpt(lines[k], 200) + "\n";
    }
    return text.empty() ? excerpt(messages, 600) + "\n" : text;
}

std::size_t numberOf(const JudgeReport& report, const CaseReport& failure)
{
    return static_cast<std::size_t>(&failure - report.cases.data()) + 1;
}

std::string caseText(const JudgeReport& report, const CaseReport& failure)
{
    std::string text;
    const bool isCall = failure.input.ends_with(')');
    if (report.cases.size() > 1)
        text = fmt::format("Your program failed test {} of {}.\n", numberOf(report, failure), report.cases.size());
    else
        text = "Your program failed its tests.\n";
    text += fmt::format("{}:\n{}\n", isCall ? "Call" : "Input", excerpt(failure.input));
    if (!failure.expected.empty())
        text += fmt::format("Expected:\n{}\n", excerpt(failure.expected));
    switch (failure.verdict) {
    case JudgeVerdict::TimeLimit: return text + "It did not end within the time limit.\n";
    case JudgeVerdict::MemoryLimit: return text + "It used more memory than is allowed.\n";
    case JudgeVerdict::OutputLimit: return text + "It printed far too much.\n";
    case JudgeVerdict::RuntimeError: return text + fmt::format("It failed:\n{}\n", excerpt(failure.detail, 600));
    default: break;
    }
    text += fmt::format("Got:\n{}\n", failure.got.empty() ? "(nothing)" : excerpt(failure.got));
    return failure.detail.empty() ? text : text + excerpt(failure.detail) + "\n";
}

} // namespace

std::string excerpt(std::string_view raw, std::size_t limit)
{
    std::string text = displayText(raw.substr(0, 64 * limit));
    while (text.ends_with('\n'))
        text.pop_back();
    if (text.size() <= limit)
        return text;
    const std::string head = engine::utf8Sanitized(text.substr(0, limit / 2));
    const std::string tail = engine::utf8Sanitized(text.substr(text.size() - limit / 2));
    return head + "\n[...]\n" + tail;
}

std::string firstPrompt(const JudgeTask& task)
{
    std::string text = task.text;
    if (!text.ends_with('\n'))
        text += '\n';
    if (!task.entryPoint.empty())
        text += fmt::format("\nWrite the {} function `{}`.", languageName(task.language), task.entryPoint);
    else
        text += fmt::format("\nWrite a complete {} program.", languageName(task.language));
    for (const TestCase& one : task.cases) {
        if (!one.isVisible || !one.output)
            continue;
        text += fmt::format("\n\nExample input:\n{}\nExample output:\n{}", excerpt(one.output->input),
                            excerpt(one.output->output));
        break;
    }
    return text + fmt::format("\nGive the whole program in one ```{} block.", task.language);
}

std::string repairPrompt(const JudgeTask& task, const std::string& program, const JudgeReport& report)
{
    std::string text = task.text;
    text += "\n\nThis is the program so far:\n" + fence(task.language, program) + "\n";
    const CaseReport* failure = report.smallestFailure(JudgeReport::Among::Visible);
    if (report.verdict == JudgeVerdict::CompileError)
        text += "It does not compile:\n" + (report.compilerMessages.empty() ? excerpt(report.detail, 600) + "\n"
                                                                            : firstErrors(report.compilerMessages));
    else if (failure != nullptr)
        text += caseText(report, *failure);
    else
        text += "It failed:\n" + excerpt(report.detail, 600) + "\n";
    return text + fmt::format("\nExplain the cause in one sentence, then give the complete corrected program in one "
                              "```{} block.",
                              task.language);
}

} // namespace lemma::assistant
