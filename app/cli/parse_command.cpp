// `lemma-cli parse`: what is read of a piece of mathematics.
#include <cstddef>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/text_file.h"
#include "engine/history/value_json.h"
#include "tutor/checker/meaning.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using nlohmann::ordered_json;

struct ParseOptions {
    std::string text;
    std::string cases;
    bool json = false;
    bool decimalComma = false;
};

ordered_json resultJson(const tutor::ParseResult& result)
{
    if (!result)
        return {{"ok", false}, {"error", result.error().message}, {"position", result.error().position}};
    return {{"ok", true},
            {"tree", tutor::toTreeText(*result)},
            {"latex", tutor::toLatex(*result)},
            {"plain", tutor::toPlain(*result)}};
}

Result<int> parseOne(const ParseOptions& options, Console& console)
{
    const tutor::ParseResult result = tutor::parseMath(options.text, {.commaIsDecimal = options.decimalComma});
    if (options.json) {
        console.line(jsonLine(resultJson(result)));
        return exitDone;
    }
    if (!result)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("at byte {}: {}", result.error().position, result.error().message));
    console.line(tutor::toTreeText(*result));
    return exitDone;
}

Result<ordered_json> readCases(const std::string& path)
{
    LEMMA_TRY(const std::string text, readTextFile(path));
    ordered_json json = ordered_json::parse(text, nullptr, false);
    const bool cases = json.is_object() && json.contains("cases") && json["cases"].is_array();
    if (!cases)
        return fail(ErrorCode::CorruptFile, path + " holds no JSON object with an array \"cases\"");
    return json["cases"];
}

struct Summary {
    std::size_t cases = 0;
    std::size_t agree = 0;
    std::size_t mustFail = 0;
    std::size_t failed = 0;   // of those that must fail
    std::size_t meanings = 0; // rows that were read and give SymPy's text
    std::size_t same = 0;
    std::size_t other = 0; // surely another meaning
};

// What the row says the formula means, against what was read. Null: the row does not say, or it is not known.
ordered_json meaningJson(const ordered_json& row, const tutor::ParseResult& result, Summary& summary)
{
    const bool given = row.contains("sympy") && row["sympy"].is_string();
    if (!given || !result)
        return {{"equals_sympy", nullptr}};
    const tutor::Meaning meaning = tutor::compareWithSympy(*result, row["sympy"].get<std::string>());
    ++summary.meanings;
    summary.same += meaning == tutor::Meaning::Same ? 1U : 0U;
    summary.other += meaning == tutor::Meaning::Other ? 1U : 0U;
    const bool known = meaning == tutor::Meaning::Same || meaning == tutor::Meaning::Other;
    return {{"sympy", row["sympy"]},
            {"equals_sympy", known ? ordered_json(meaning == tutor::Meaning::Same) : ordered_json(nullptr)},
            {"meaning", tutor::meaningName(meaning)}};
}

ordered_json oneCase(const ordered_json& row, const ParseOptions& options, Summary& summary)
{
    const std::string latex = row["latex"];
    const bool expected = row.value("ok", true);
    const tutor::ParseResult result = tutor::parseMath(latex, {.commaIsDecimal = options.decimalComma});
    ++summary.cases;
    summary.agree += result.has_value() == expected ? 1U : 0U;
    summary.mustFail += expected ? 0U : 1U;
    summary.failed += !expected && !result ? 1U : 0U;
    ordered_json line = {{"latex", latex}};
    line.update(resultJson(result));
    line["expected"] = expected;
    line["read_as_expected"] = result.has_value() == expected;
    line.update(meaningJson(row, result, summary));
    return line;
}

Result<int> parseCases(const ParseOptions& options, Console& console)
{
    LEMMA_TRY(const ordered_json cases, readCases(options.cases));
    Summary summary;
    for (const ordered_json& row : cases) {
        const bool readable = row.is_object() && row.contains("latex") && row["latex"].is_string() &&
                              (!row.contains("ok") || row["ok"].is_boolean());
        if (!readable)
            return fail(ErrorCode::CorruptFile, fmt::format("case {} has no text \"latex\"", summary.cases + 1));
        const ordered_json line = oneCase(row, options, summary);
        console.line(options.json ? jsonLine(line)
                                  : fmt::format("{}  {}", line["read_as_expected"].get<bool>() ? "ok   " : "WRONG",
                                                line["latex"].get<std::string>()));
    }
    if (options.json)
        console.line(jsonLine({{"summary",
                                {{"cases", summary.cases},
                                 {"read_as_expected", summary.agree},
                                 {"must_fail", summary.mustFail},
                                 {"failed", summary.failed},
                                 {"with_meaning", summary.meanings},
                                 {"same_meaning", summary.same},
                                 {"other_meaning", summary.other}}}}));
    else
        console.line(fmt::format("{} of {} as expected; {} of {} that must fail do; {} of {} mean what SymPy says, "
                                 "{} surely do not",
                                 summary.agree, summary.cases, summary.failed, summary.mustFail, summary.same,
                                 summary.meanings, summary.other));
    return exitDone;
}

} // namespace

void addParseCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("parse", "Show what is read of a formula in LaTeX or plain text");
    auto options = std::make_shared<ParseOptions>();
    auto* text = command->add_option("text", options->text, "The formula");
    auto* cases = command->add_option("--cases", options->cases, "A file {\"cases\": [{\"latex\": ..., \"ok\": ...}]}");
    text->excludes(cases);
    command->add_flag("--json", options->json,
                      "One object: {\"ok\": true, \"tree\": ...} or an error and its position");
    command->add_flag("--decimal-comma", options->decimalComma, "3,5 is a number");
    command->require_option(1, 0);
    command->footer("--cases says of each case whether it is read where \"ok\" says that it should be, and, where the\n"
                    "case has a text \"sympy\", whether that is what it means; then counts.\n"
                    "Example: lemma-cli parse '\\frac{x^2-1}{2}' --json");
    command->callback([options, cases, &context] {
        const bool many = cases->count() > 0;
        context.action = [options, many, &context] {
            return many ? parseCases(*options, context.console) : parseOne(*options, context.console);
        };
    });
}

} // namespace lemma::app
