// `lemma-cli models`: what is installed, and what a model file holds.
#include <map>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "engine/catalogue/installed_models.h"
#include "engine/chat/chat_template.h"
#include "engine/gguf/gguf_file.h"
#include "engine/history/value_json.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using Json = nlohmann::ordered_json;

struct ModelsOptions {
    std::string file;
    bool json = false;
    bool tensors = false;
};

Json modelJson(const InstalledModel& model)
{
    Json json{{"path", model.path.string()},          {"name", model.name},      {"architecture", model.architecture},
              {"quantization", model.quantization},   {"bytes", model.bytes},    {"parameters", model.parameters},
              {"contextLength", model.contextLength}, {"reasons", model.reasons}};
    json["problem"] = model.problem
                          ? Json{{"code", errorCodeName(model.problem->code)}, {"message", model.problem->message}}
                          : Json(nullptr);
    return json;
}

Result<int> list(const ModelsOptions& options, Console& console)
{
    const std::vector<InstalledModel> models = listInstalledModels(modelDirectories());
    for (const InstalledModel& model : models) {
        if (options.json)
            console.line(jsonLine(modelJson(model)));
        else if (model.problem)
            console.line(
                fmt::format("{}\n    cannot be used: {}", model.path.filename().string(), model.problem->message));
        else
            console.line(fmt::format("{}\n    {}, {}, {:.1f} million parameters, {:.1f} MB",
                                     model.path.filename().string(), model.architecture, model.quantization,
                                     static_cast<double>(model.parameters) / 1e6,
                                     static_cast<double>(model.bytes) / 1e6));
    }
    if (models.empty())
        console.note(fmt::format("no model is installed; put a GGUF file into {}", userModelDirectory().string()));
    return exitDone;
}

// Long arrays (the vocabulary) are told by their length.
Json valueJson(const GgufValue& value)
{
    if (const auto* array = std::get_if<GgufArray>(&value.value)) {
        constexpr std::uint64_t longest = 16;
        const bool numbers = array->strings.empty() && array->arrays.empty();
        if (!numbers || array->count > longest || array->elementType == GgufValueType::Bool)
            return {{"array", array->count}};
        Json items = Json::array();
        for (std::uint64_t i = 0; i < array->count; ++i)
            items.push_back(array->number(i));
        return items;
    }
    return std::visit(
        [](const auto& scalar) -> Json {
            if constexpr (std::is_same_v<std::decay_t<decltype(scalar)>, GgufArray>)
                return nullptr;
            else
                return scalar;
        },
        value.value);
}

Json detailsJson(const InstalledModel& model, const GgufFile& file, bool withTensors)
{
    Json json = modelJson(model);
    const auto chatTemplate = file.string("tokenizer.chat_template");
    const auto family = recogniseTemplate(chatTemplate.value_or(""));
    json["template"] = family ? Json(templateFamilyName(*family)) : Json(nullptr);
    json["ggufVersion"] = file.version();
    Json metadata = Json::object();
    for (const auto& [key, value] : file.metadata())
        metadata[std::string(key)] = valueJson(value);
    json["metadata"] = std::move(metadata);
    std::map<std::string, int> types;
    for (const TensorInfo& tensor : file.tensors())
        ++types[std::string(kernels::tensorTypeInfo(tensor.type).name)];
    json["tensorTypes"] = types;
    if (withTensors) {
        Json tensors = Json::array();
        for (const TensorInfo& tensor : file.tensors())
            tensors.push_back(
                {{"name", tensor.name},
                 {"type", kernels::tensorTypeInfo(tensor.type).name},
                 {"shape", std::vector<std::int64_t>(tensor.shape.begin(), tensor.shape.begin() + tensor.dimensions)}});
        json["tensors"] = std::move(tensors);
    }
    return json;
}

Result<int> show(const ModelsOptions& options, Console& console)
{
    LEMMA_TRY(const std::filesystem::path path,
              resolveModel(options.file, listInstalledModels(modelDirectories()), {}));
    LEMMA_TRY(const GgufFile file, GgufFile::open(path));
    const Json details = detailsJson(inspectModel(path), file, options.tensors);
    if (options.json) {
        console.line(jsonLine(details));
        return exitDone;
    }
    for (const auto& [key, value] : details.items())
        if (!value.is_structured())
            console.line(fmt::format("{:<14} {}", key, value.is_string() ? value.get<std::string>() : value.dump()));
    for (const auto& [key, value] : details["metadata"].items())
        console.line(fmt::format("    {} = {}", key, jsonLine(value).substr(0, 100)));
    if (options.tensors)
        for (const Json& tensor : details["tensors"])
            console.line(fmt::format("    {}", jsonLine(tensor)));
    return exitDone;
}

} // namespace

void addModelsCommand(CLI::App& app, CommandContext& context)
{
    auto options = std::make_shared<ModelsOptions>();
    CLI::App* models = app.add_subcommand("models", "Installed models, and what a model file holds");
    models->require_subcommand(0, 1);
    models->add_flag("--json", options->json, "One model a line, as JSON");
    models->callback([models, options, &context] {
        if (models->get_subcommands().empty())
            context.action = [options, &context] { return list(*options, context.console); };
    });

    CLI::App* listing = models->add_subcommand("list", "The installed models");
    listing->add_flag("--json", options->json, "One model a line, as JSON");
    listing->callback(
        [options, &context] { context.action = [options, &context] { return list(*options, context.console); }; });

    CLI::App* showing = models->add_subcommand("show", "Metadata of a model file");
    showing->add_option("model,-m,--model", options->file, "Model: a path, a name, or a part of one")->required();
    showing->add_flag("--json", options->json, "As one JSON object");
    showing->add_flag("--tensors", options->tensors, "With the list of tensors");
    showing->callback(
        [options, &context] { context.action = [options, &context] { return show(*options, context.console); }; });

    models->footer("Without a command: the list.");
}

} // namespace lemma::app
