#include "app/cli/answer_options.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/catalogue/installed_models.h"
#include "engine/chat/encode_prompt.h"
#include "engine/gguf/gguf_file.h"
#include "engine/tokenizer/tokenizer.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

constexpr int leastAnswer = 256; // tokens that must be left, or the answer is cut off as it begins

struct Sizes {
    std::vector<int> files; // tokens
    int prompt = 0;
    int context = 0;
};

Result<Sizes> countTokens(const std::vector<Attachment>& files, const std::string& message,
                          const GenerationRequest& request)
{
    LEMMA_TRY(const GgufFile file, GgufFile::open(request.model));
    LEMMA_TRY(const Tokenizer tokenizer, Tokenizer::fromGguf(file));
    TemplateFamily family = TemplateFamily::R1Zero;
    if (request.templateFamily) {
        family = *request.templateFamily;
    } else {
        LEMMA_TRY(family, recogniseTemplate(file.string("tokenizer.chat_template").value_or("")));
    }
    Sizes sizes;
    for (const Attachment& attachment : files)
        sizes.files.push_back(static_cast<int>(tokenizer.encode(attachment.text, SpecialTokens::AsText).size()));
    const RenderedPrompt prompt = renderPrompt(family, {{Role::User, message, ""}}, {});
    sizes.prompt = static_cast<int>(encodePrompt(tokenizer, prompt).size());
    LEMMA_TRY(const std::string_view architecture, file.requireString("general.architecture"));
    const auto trained = file.integer(fmt::format("{}.context_length", architecture));
    sizes.context = static_cast<int>(std::min<std::int64_t>(request.limits.contextTokens, trained.value_or(INT32_MAX)));
    return sizes;
}

void report(const std::vector<Attachment>& files, const Sizes& sizes, bool json, Console& console)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < files.size(); ++i) {
        list.push_back({{"name", files[i].name}, {"bytes", files[i].text.size()}, {"tokens", sizes.files[i]}});
        if (!json)
            console.writeToErrors(fmt::format("attached {}: {} tokens\n", files[i].name, sizes.files[i]));
    }
    const nlohmann::ordered_json event{
        {"event", "attached"}, {"files", list}, {"promptTokens", sizes.prompt}, {"contextTokens", sizes.context}};
    if (json)
        console.line(event.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    else
        console.writeToErrors(fmt::format("prompt: {} of {} tokens\n", sizes.prompt, sizes.context));
}

} // namespace

void AnswerOptions::addTo(CLI::App& command)
{
    CLI::Option* gbnf =
        command.add_option("--grammar", grammar, "Bind the answer, not the thought, to the GBNF grammar in this file");
    command.add_option("--json-schema", jsonSchema, "Bind the answer to JSON that fits the schema in this file")
        ->excludes(gbnf);
    command
        .add_option("--attach", attachments,
                    "A text or code file to go with the question; may be repeated. Its tokens are counted first: "
                    "nothing is cut, what does not fit is refused")
        ->allow_extra_args(false);
    command.add_option("--draft", draft,
                       "Guess ahead for speed, the text stays the same: a smaller model of the same vocabulary, or "
                       "`lookup` for answers that repeat the prompt");
}

Result<void> AnswerOptions::apply(GenerationRequest& request) const
{
    const std::string& file = grammar.empty() ? jsonSchema : grammar;
    if (!file.empty()) {
        LEMMA_TRY(Attachment text, readAttachment(file));
        request.grammar =
            GrammarSource{grammar.empty() ? GrammarSource::Notation::JsonSchema : GrammarSource::Notation::Gbnf,
                          std::move(text.text)};
    }
    if (draft == "lookup") {
        request.drafting.lookup = true;
    } else if (!draft.empty()) {
        LEMMA_TRY(request.drafting.model, resolveModel(draft, listInstalledModels(modelDirectories()), {}));
    }
    return {};
}

Result<std::string> AnswerOptions::attach(const std::string& question, const GenerationRequest& request, bool json,
                                          Console& console) const
{
    if (attachments.empty())
        return question;
    std::vector<Attachment> files;
    for (const std::string& path : attachments) {
        LEMMA_TRY(Attachment file, readAttachment(path));
        files.push_back(std::move(file));
    }
    std::string message = withAttachments(question, files);
    LEMMA_TRY(const Sizes sizes, countTokens(files, message, request));
    report(files, sizes, json, console);
    if (sizes.prompt + leastAnswer > sizes.context)
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("the question with its files has {} tokens, and an answer needs {} more, but the context "
                        "holds {}: nothing was sent; attach less, or raise --context where the model allows it",
                        sizes.prompt, leastAnswer, sizes.context));
    return message;
}

} // namespace lemma::app
