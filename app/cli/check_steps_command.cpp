// `lemma-cli check-steps`: does each line of a working follow from the one before?
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/text_file.h"
#include "engine/history/value_json.h"
#include "tutor/claims/step_checker.h"
#include "tutor/trace/step_splitter.h"
#include "tutor/working/working.h"

namespace lemma::app {
namespace {

struct CheckStepsOptions {
    std::string file;
    tutor::WorkingOptions working;
    bool thought = false;
    bool json = false;
};

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines(1);
    for (const char c : text)
        if (c == '\n')
            lines.emplace_back();
        else if (c != '\r')
            lines.back() += c;
    return lines;
}

std::string jsonOf(const tutor::LineCheck& check)
{
    nlohmann::ordered_json json = {{"line", check.line},
                                   {"text", check.text},
                                   {"role", tutor::lineRoleName(check.role)},
                                   {"verdict", tutor::lineVerdictName(check.verdict)},
                                   {"relation", tutor::lineRelationName(check.relation)},
                                   {"reason", check.reason},
                                   {"mistake", nullptr},
                                   {"counterexample", nullptr}};
    if (check.mistake != nullptr)
        json["mistake"] = {
            {"id", check.mistake->id}, {"name", check.mistake->name}, {"sentence", check.mistake->sentence}};
    if (!check.counterexample.empty())
        json["counterexample"] = check.counterexample;
    return engine::jsonLine(json);
}

std::string plainLine(const tutor::LineCheck& check)
{
    std::string text = fmt::format("{:>3}  {:8} {}", check.line, tutor::lineVerdictName(check.verdict), check.text);
    const bool plain = check.verdict == tutor::LineVerdict::Wrong;
    text += fmt::format("\n              {}", plain ? check.counterexample : check.reason);
    if (check.mistake != nullptr)
        text += fmt::format("\n              {}: {}", check.mistake->name, check.mistake->sentence);
    return text;
}

std::string jsonOf(const tutor::Step& step, const tutor::StepCheck& check)
{
    nlohmann::ordered_json claims = nlohmann::ordered_json::array();
    for (const tutor::StepClaim& claim : check.claims)
        claims.push_back({{"begin", claim.range.begin},
                          {"end", claim.range.end},
                          {"text", claim.text},
                          {"role", tutor::lineRoleName(claim.role)},
                          {"badge", tutor::badgeName(claim.badge)},
                          {"reason", claim.reason}});
    return engine::jsonLine({{"begin", step.begin},
                             {"kind", tutor::stepKindName(step.kind)},
                             {"badge", tutor::badgeName(check.badge)},
                             {"reason", check.reason},
                             {"claims", claims}});
}

std::string plainText(const tutor::Step& step, const tutor::StepCheck& check)
{
    const std::size_t end = step.text.find_last_not_of(" \t\r\n") + 1;
    std::string text =
        fmt::format("[{}] {}\n    {}", tutor::badgeName(check.badge), step.text.substr(0, end), check.reason);
    for (const tutor::StepClaim& claim : check.claims)
        text += fmt::format("\n    {:5}  {}  ({})", tutor::badgeName(claim.badge), claim.text, claim.reason);
    return text;
}

void checkThought(std::string text, const CheckStepsOptions& options, Console& console)
{
    if (text.ends_with('\n')) // the end of the file is not the end of a sentence
        text.pop_back();
    tutor::StepSplitter splitter;
    std::vector<tutor::Step> steps = splitter.push(text);
    for (tutor::Step& step : splitter.finish())
        steps.push_back(std::move(step));
    tutor::StepChecker checker;
    for (const tutor::Step& step : steps) {
        const tutor::StepCheck check = checker.check(step);
        console.line(options.json ? jsonOf(step, check) : plainText(step, check));
    }
}

engine::Result<int> checkSteps(const CheckStepsOptions& options, Console& console)
{
    LEMMA_TRY(const std::string text, readTextFile(options.file));
    if (options.thought) {
        checkThought(text, options, console);
        return exitDone;
    }
    for (const tutor::LineCheck& check : tutor::checkWorking(linesOf(text), options.working))
        console.line(options.json ? jsonOf(check) : plainLine(check));
    return exitDone;
}

} // namespace

void addCheckStepsCommand(CLI::App& app, CommandContext& context)
{
    const auto options = std::make_shared<CheckStepsOptions>();
    CLI::App* command = app.add_subcommand("check-steps", "Check a working, a line of mathematics per line");
    command->add_option("file", options->file, "File with the working; -: standard input")->required();
    command->add_option("--assume", options->working.assumptions, "What holds for all lines, such as \"x > 0\"");
    command->add_flag("--decimal-comma", options->working.commaIsDecimal, "3,5 is three and a half");
    command->add_flag("--thought", options->thought,
                      "The file is a model's thought: its steps and what they claim are checked");
    command->add_flag("--json", options->json,
                      "One JSON object a line: line, text, role, verdict, relation, reason, mistake,\n"
                      "counterexample");
    command->footer(
        "A blank line begins another working. Verdicts of a line against the one before it:\n"
        "  right    reason \"exact\" or \"same-form\" (proved), \"substitution\" (the values solve it), or\n"
        "           \"points\" (the same wherever it was tried; no proof)\n"
        "  wrong    \"refuted\", with a counter-example, and the known mistake that explains it, if any\n"
        "  unknown  \"first\", \"definition\", \"undecided\", \"rounded\", \"not-read\", \"too-much\"\n"
        "Relations: equivalent, follows, lost and gained (solutions), different, first, unknown, not-read.\n"
        "With --thought an object a step: begin, kind, badge (green, red, grey), reason, claims (each with begin,\n"
        "end, text, role, badge, reason). Red only for what was wholly read, meant and refuted.\n"
        "Example: printf '3x+5=20\\n3x=25\\n' | lemma-cli check-steps - --json");
    command->callback([options, &context] {
        context.action = [options, &context] { return checkSteps(*options, context.console); };
    });
}

} // namespace lemma::app
