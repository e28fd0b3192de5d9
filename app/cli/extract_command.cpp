// `lemma-cli extract`: the program in a model's answer.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/text_file.h"
#include "assistant/extract/program.h"
#include "engine/history/value_json.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using namespace lemma::assistant;
using nlohmann::ordered_json;

struct ExtractOptions {
    std::string file;
    ProgramWanted wanted;
    bool json = false;
};

std::string_view statusName(ExtractionStatus status)
{
    switch (status) {
    case ExtractionStatus::Found: return "found";
    case ExtractionStatus::NothingFound: return "nothing-found";
    case ExtractionStatus::TruncatedReasoning: return "truncated-reasoning";
    }
    return "nothing-found";
}

ordered_json extractionJson(const Extraction& extraction)
{
    ordered_json files = ordered_json::array();
    for (const ProgramFile& file : extraction.files)
        files.push_back({{"path", file.path}, {"source", file.source}});
    ordered_json tests = ordered_json::array();
    for (const CodeBlock& block : extraction.tests)
        tests.push_back(block.source);
    return {{"status", statusName(extraction.status)},
            {"language", extraction.language},
            {"unclosed", extraction.isUnclosed},
            {"files", std::move(files)},
            {"tests", std::move(tests)}};
}

Result<int> run(const ExtractOptions& options, Console& console)
{
    LEMMA_TRY(const std::string text, readTextFile(options.file));
    const Extraction extraction = extractProgram(text, options.wanted);
    if (options.json) {
        console.line(jsonLine(extractionJson(extraction)));
        return extraction.status == ExtractionStatus::Found ? exitDone : exitProgramFailed;
    }
    if (extraction.status == ExtractionStatus::TruncatedReasoning)
        return fail(ErrorCode::NotFound, "the text ends inside the thought; drafts there are not the answer");
    if (extraction.status == ExtractionStatus::NothingFound)
        return fail(ErrorCode::NotFound, "there is no program in the text");
    for (const ProgramFile& file : extraction.files) {
        if (extraction.files.size() > 1)
            console.line(fmt::format("==> {} <==", file.path));
        console.write(file.source);
    }
    return exitDone;
}

} // namespace

void addExtractCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("extract", "Show the program that a model's answer proposes");
    auto options = std::make_shared<ExtractOptions>();
    command->add_option("file", options->file, "The answer, with or without its thought; - for stdin")->required();
    command->add_option("--language", options->wanted.language, "The language asked for")->capture_default_str();
    command->add_option("--entry-point", options->wanted.entryPoint, "A function that must be there");
    command->add_flag("--json", options->json, "One JSON object: status, language, files, the model's own tests");
    command->footer(
        "The last complete version counts; drafts inside the thought, shell commands, output and examples of\n"
        "use do not. With --json, exit code 10 says that there is no program.");
    command->callback(
        [options, &context] { context.action = [options, &context] { return run(*options, context.console); }; });
}

} // namespace lemma::app
