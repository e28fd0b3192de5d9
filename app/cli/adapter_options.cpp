#include "app/cli/adapter_options.h"

#include <charconv>
#include <filesystem>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace lemma::app {
namespace {

using namespace lemma::engine;

bool isFile(const std::string& path)
{
    std::error_code error;
    return std::filesystem::is_regular_file(path, error);
}

// A name may have a colon in it: what is a file as it stands has no scale.
Result<AdapterChoice> readChoice(const std::string& text)
{
    AdapterChoice choice{text, 1.0F, {}};
    if (const std::size_t colon = text.rfind(':'); colon != std::string::npos && !isFile(text)) {
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, choice.scale);
        if (error != std::errc() || stop != end)
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("\"{}\": what stands behind the colon is no scale", text));
        choice.file.resize(colon);
    }
    if (!isFile(choice.file))
        return fail(ErrorCode::NotFound, fmt::format("there is no adapter {}", choice.file));
    std::error_code error;
    choice.file = std::filesystem::absolute(choice.file, error).string();
    return choice;
}

} // namespace

void AdapterOptions::addTo(CLI::App& command)
{
    command
        .add_option("--lora", files,
                    "A LoRA adapter (GGUF) for the model, as FILE or FILE:SCALE; may be repeated [scale: 1]")
        ->allow_extra_args(false);
    command
        .add_option("--lora-mode", mode,
                    "runtime: computed beside the weights, which stay small; merge: added to the weights at load, "
                    "which then take 16 or 32 bits each")
        ->check(CLI::IsMember({"runtime", "merge"}))
        ->capture_default_str();
}

Result<AdapterChoices> AdapterOptions::read() const
{
    AdapterChoices choices;
    choices.mode = mode == "merge" ? AdapterMode::Merge : AdapterMode::Runtime;
    for (const std::string& text : files) {
        LEMMA_TRY(AdapterChoice choice, readChoice(text));
        choices.files.push_back(std::move(choice));
    }
    return choices;
}

} // namespace lemma::app
