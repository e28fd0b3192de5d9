// `lemma-cli grade`: whether an answer is right, and how well a file of cases is judged.
#include <array>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/text_file.h"
#include "engine/history/value_json.h"
#include "tutor/answer/answer_grading.h"
#include "tutor/answer/grade_cases.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using namespace lemma::tutor;
using nlohmann::ordered_json;

struct GradeOptions {
    std::string gold;
    std::string answer;
    std::string policy;
    std::string cases;
    bool json = false;
};

ordered_json counterexampleJson(const Verdict& verdict)
{
    if (!verdict.counterexample)
        return nullptr;
    ordered_json point = ordered_json::object();
    for (const auto& [name, value] : verdict.counterexample->point)
        point[name] = value;
    return {{"point", point}, {"gold", verdict.counterexample->gold}, {"answer", verdict.counterexample->answer}};
}

std::string sentenceOf(const Verdict& verdict)
{
    std::string text = fmt::format("{}: {}", equalityName(verdict.equality), verdict.sentence);
    if (verdict.form == Form::Wrong)
        text += " The form is wrong: " + verdict.formSentence;
    if (verdict.counterexample)
        text += fmt::format(" ({})", verdict.counterexample->text());
    return text;
}

Result<int> gradeOne(const GradeOptions& options, Console& console)
{
    Policy policy;
    if (!options.policy.empty()) {
        LEMMA_TRY(policy, policyFromJson(options.policy));
    }
    const Verdict verdict = gradeText(options.gold, options.answer, policy);
    if (options.json)
        console.line(jsonLine({{"verdict", equalityName(verdict.equality)},
                               {"form", formName(verdict.form)},
                               {"reason", reasonName(verdict.reason)},
                               {"counterexample", counterexampleJson(verdict)},
                               {"sentence", verdict.sentence},
                               {"form_sentence", verdict.formSentence}}));
    else
        console.line(sentenceOf(verdict));
    return exitDone;
}

Result<std::vector<GradeCase>> readCases(const std::string& path)
{
    LEMMA_TRY(const std::string text, readTextFile(path));
    auto cases = gradeCasesFromJson(text);
    if (!cases)
        return fail(cases.error().code, path + ": " + cases.error().message);
    return cases;
}

// How the verdicts fell, of the cases that should be equal and of those that should not.
struct Summary {
    std::array<std::array<std::size_t, 3>, 2> counts{};
    std::size_t cases = 0;
    std::size_t agreed = 0;

    ordered_json toJson() const
    {
        const auto row = [&](std::size_t which) -> ordered_json {
            return {{"equal", counts[which][0]}, {"different", counts[which][1]}, {"unknown", counts[which][2]}};
        };
        return {{"cases", cases}, {"agree", agreed}, {"expected_equal", row(1)}, {"expected_different", row(0)}};
    }
    std::string toText() const
    {
        return fmt::format("{} of {} agree. Should be equal: {} equal, {} different, {} unknown. "
                           "Should not: {} equal, {} different, {} unknown.",
                           agreed, cases, counts[1][0], counts[1][1], counts[1][2], counts[0][0], counts[0][1],
                           counts[0][2]);
    }
};

Result<int> gradeCases(const GradeOptions& options, Console& console)
{
    LEMMA_TRY(const std::vector<GradeCase> cases, readCases(options.cases));
    Summary summary;
    for (const GradeCase& one : cases) {
        const Verdict verdict = gradeCase(one);
        const bool agree = agrees(one, verdict);
        ++summary.cases;
        summary.agreed += agree ? 1U : 0U;
        ++summary.counts[one.expected ? 1 : 0][static_cast<std::size_t>(verdict.equality)];
        if (options.json)
            console.line(jsonLine({{"case_id", one.id},
                                   {"verdict", equalityName(verdict.equality)},
                                   {"expected", one.expected},
                                   {"agree", agree}}));
        else
            console.line(fmt::format("{}  {}  {}", agree ? "ok   " : "WRONG", one.id, sentenceOf(verdict)));
    }
    console.line(options.json ? jsonLine({{"summary", summary.toJson()}}) : summary.toText());
    return exitDone;
}

} // namespace

void addGradeCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("grade", "Say whether an answer is right: equal, different or unknown");
    auto options = std::make_shared<GradeOptions>();
    auto* gold = command->add_option("--gold", options->gold, "The right answer, in LaTeX or plain text");
    auto* answer =
        command->add_option("--answer", options->answer, "What to judge: an answer, or a text that ends in one");
    gold->needs(answer);
    answer->needs(gold);
    command->add_option("--policy", options->policy, "What counts as right, as JSON; default: exact, in any form")
        ->needs(gold);
    auto* cases = command->add_option("--cases", options->cases,
                                      "A file {\"cases\": [{\"gold\": ..., \"answer\": ..., \"expected\": true}]}");
    cases->excludes(gold);
    command->add_flag("--json", options->json,
                      "{\"verdict\", \"form\", \"reason\", \"counterexample\"}; with --cases a line a case");
    command->footer(
        "A policy's fields: kind, form, digits, toleranceKind, tolerance, units, listIsOrdered, percent, "
        "prefixAllowed,\n"
        "relationForSet, namesMatter, commaIsDecimal, assume.\n"
        "--cases says of each case whether the verdict is the expected one, then counts. Where a case is not expected "
        "to\n"
        "be equal, \"different\" and \"unknown\" both agree; the summary counts them apart.\n"
        "Example: lemma-cli grade --gold '1/2' --answer '2/4' --policy '{\"form\": \"lowest-terms\"}' --json");
    command->callback([options, gold, cases, &context] {
        if (gold->count() + cases->count() == 0)
            throw CLI::RequiredError("--gold and --answer, or --cases");
        const bool many = cases->count() > 0;
        context.action = [options, many, &context] {
            return many ? gradeCases(*options, context.console) : gradeOne(*options, context.console);
        };
    });
}

} // namespace lemma::app
