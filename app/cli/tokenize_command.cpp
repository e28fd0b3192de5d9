// `lemma-cli tokenize`: what a model reads of a text.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/line_reader.h"
#include "engine/base/utf8.h"
#include "engine/catalogue/installed_models.h"
#include "engine/gguf/gguf_file.h"
#include "engine/history/value_json.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

struct TokenizeOptions {
    std::string model;
    bool json = false;
    bool special = false;
};

Result<int> tokenize(const TokenizeOptions& options, Console& console)
{
    LEMMA_TRY(const std::filesystem::path path,
              resolveModel(options.model, listInstalledModels(modelDirectories()), {}));
    LEMMA_TRY(const GgufFile file, GgufFile::open(path));
    LEMMA_TRY(const Tokenizer tokenizer, Tokenizer::fromGguf(file));
    LEMMA_TRY(const std::string text, readStandardInput());
    const std::vector<TokenId> ids =
        tokenizer.encode(text, options.special ? SpecialTokens::Parse : SpecialTokens::AsText);
    std::vector<std::string> pieces; // a piece may be part of a character
    for (const TokenId id : ids)
        pieces.push_back(utf8Sanitized(tokenizer.bytes(id)));
    if (options.json) {
        console.line(jsonLine({{"ids", ids}, {"pieces", pieces}}));
        return exitDone;
    }
    for (std::size_t i = 0; i < ids.size(); ++i)
        console.line(fmt::format("{:>7}  {}", ids[i], nlohmann::json(pieces[i]).dump()));
    return exitDone;
}

} // namespace

void addTokenizeCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("tokenize", "Cut standard input into a model's tokens");
    auto options = std::make_shared<TokenizeOptions>();
    command->add_option("-m,--model", options->model, "Model: a path, a name, or a part of one");
    command->add_flag("--json", options->json, "One object: {\"ids\": [...], \"pieces\": [...]}");
    command->add_flag("--special", options->special, "The spelling of a special token becomes the token");
    command->footer("No BOS or EOS is added. Pieces that are not whole characters are shown with U+FFFD.\n"
                    "Example: printf 'x = 5' | lemma-cli tokenize --model smollm2 --json");
    command->callback(
        [options, &context] { context.action = [options, &context] { return tokenize(*options, context.console); }; });
}

} // namespace lemma::app
