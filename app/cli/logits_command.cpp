// `lemma-cli logits`: what a model computes, for comparison with other implementations.
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/adapter_options.h"
#include "app/cli/cli.h"
#include "app/cli/exit_code.h"
#include "app/cli/model_loading.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

struct LogitsOptions {
    std::string model;
    AdapterOptions adapters;
    std::vector<TokenId> tokens;
    std::string output;
    std::string precision = "fast";
    int threads = 0;
};

// Little-endian float32, as the machines are that we run on.
Result<void> writeFloats(const std::string& path, const std::vector<float>& values)
{
    static_assert(std::endian::native == std::endian::little);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(float)));
    file.close();
    if (!file)
        return fail(ErrorCode::Io, fmt::format("{} cannot be written: {}", path, std::strerror(errno)));
    return {};
}

Result<int> logits(const LogitsOptions& options, CommandContext& context)
{
    std::stop_source stop;
    const Interrupts::Scope scope(context.interrupts, stop);
    LEMMA_TRY(const LoadedWeights loaded,
              loadWeights(options.model, options.adapters,
                          options.precision == "reference" ? Precision::Reference : Precision::Fast, options.threads,
                          context.console, stop.get_token()));
    const int vocabulary = loaded.model->config().vocabularySize;
    for (const TokenId token : options.tokens)
        if (token < 0 || token >= vocabulary)
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("token {} is outside of the vocabulary of {}", token, vocabulary));
    // The reference path is the definition of the right answer: its cache rounds nothing.
    KvCacheOptions cacheOptions;
    cacheOptions.maxTokens = static_cast<std::int64_t>(options.tokens.size());
    cacheOptions.type = options.precision == "reference" ? kernels::KvType::F32 : kernels::KvType::F16;
    LEMMA_TRY(const auto cache, KvCache::create(loaded.model->config(), cacheOptions));
    Sequence sequence = cache->newSequence();
    std::vector<float> all, chunk;
    constexpr std::size_t chunkTokens = 256;
    for (std::size_t begin = 0; begin < options.tokens.size(); begin += chunkTokens) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        const std::size_t count = std::min(chunkTokens, options.tokens.size() - begin);
        const Model::BatchItem item{&sequence, std::span(options.tokens).subspan(begin, count), true};
        LEMMA_CHECK(loaded.model->forward({&item, 1}, chunk));
        all.insert(all.end(), chunk.begin(), chunk.end());
    }
    LEMMA_CHECK(writeFloats(options.output, all));
    context.console.note(
        fmt::format("{} x {} float32 written to {}", options.tokens.size(), vocabulary, options.output));
    return exitDone;
}

} // namespace

void addLogitsCommand(CLI::App& app, CommandContext& context)
{
    CLI::App* command = app.add_subcommand("logits", "Write a model's logits for given tokens");
    auto options = std::make_shared<LogitsOptions>();
    command->add_option("-m,--model", options->model, "Model: a path, a name, or a part of one")->required();
    options->adapters.addTo(*command);
    command->add_option("--tokens", options->tokens, "Token ids, with commas: 5,17,42")->delimiter(',')->required();
    command->add_option("-o,--output", options->output, "File: little-endian float32 [tokens, vocabulary]")->required();
    command
        ->add_option("--precision", options->precision, "reference: float32 throughout; fast: as answers are computed")
        ->check(CLI::IsMember({"reference", "fast"}))
        ->capture_default_str();
    command->add_option("--threads", options->threads, "Threads of computation; 0: one a core")
        ->check(CLI::Range(0, 4096));
    command->footer("The tokens are taken as they are, from position 0; no BOS is added.");
    command->callback(
        [options, &context] { context.action = [options, &context] { return logits(*options, context); }; });
}

} // namespace lemma::app
