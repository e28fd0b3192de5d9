#include "app/cli/bench_engine.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/exit_code.h"
#include "app/cli/model_loading.h"
#include "engine/history/value_json.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;

constexpr int chunkTokens = 256; // of a prompt, in one call

struct Speeds {
    double prefill = 0, decode = 0; // tokens a second
};

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The text does not matter for the time, only that tokens differ.
std::vector<TokenId> promptTokens(int count, int vocabulary)
{
    std::vector<TokenId> tokens;
    for (int i = 0; i < count; ++i)
        tokens.push_back(static_cast<TokenId>((static_cast<std::int64_t>(i) * 7919 + 13) % vocabulary));
    return tokens;
}

Result<Speeds> measure(Model& model, const EngineBenchOptions& options, const std::stop_token& stop)
{
    LEMMA_TRY(const auto cache,
              KvCache::create(model.config(), {.maxTokens = options.prompt + options.generate + 1, .maxBytes = {}}));
    Sequence sequence = cache->newSequence();
    const std::vector<TokenId> prompt = promptTokens(options.prompt, model.config().vocabularySize);
    std::vector<float> logits;
    const auto forward = [&](std::span<const TokenId> tokens) -> Result<void> {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        const Model::BatchItem item{&sequence, tokens, false};
        return model.forward({&item, 1}, logits);
    };
    Speeds speeds;
    auto start = std::chrono::steady_clock::now();
    for (std::size_t begin = 0; begin < prompt.size(); begin += chunkTokens)
        LEMMA_CHECK(
            forward(std::span(prompt).subspan(begin, std::min<std::size_t>(chunkTokens, prompt.size() - begin))));
    speeds.prefill = options.prompt / secondsSince(start);
    start = std::chrono::steady_clock::now();
    for (int i = 0; i < options.generate; ++i) {
        const auto next = static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
        LEMMA_CHECK(forward({&next, 1}));
    }
    speeds.decode = options.generate / secondsSince(start);
    return speeds;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

Result<int> benchEngine(const EngineBenchOptions& options, CommandContext& context)
{
    std::stop_source stop;
    const Interrupts::Scope scope(context.interrupts, stop);
    Console& console = context.console;
    LEMMA_TRY(const LoadedWeights loaded, loadWeights(options.model, options.adapters, Precision::Fast, options.threads,
                                                      console, stop.get_token()));
    std::vector<double> prefill, decode;
    for (int i = 0; i < options.repetitions; ++i) {
        console.progress(fmt::format("Repetition {} of {}", i + 1, options.repetitions));
        LEMMA_TRY(const Speeds speeds, measure(*loaded.model, options, stop.get_token()));
        prefill.push_back(speeds.prefill);
        decode.push_back(speeds.decode);
    }
    console.clearProgress();
    if (options.json) {
        console.line(jsonLine({{"model", options.model},
                               {"threads", loaded.pool->threadCount()},
                               {"loadSeconds", loaded.seconds},
                               {"prompt", options.prompt},
                               {"generate", options.generate},
                               {"prefillTokensPerSecond", median(prefill)},
                               {"decodeTokensPerSecond", median(decode)},
                               {"allPrefill", prefill},
                               {"allDecode", decode}}));
        return exitDone;
    }
    console.line(fmt::format("threads            {}", loaded.pool->threadCount()));
    console.line(fmt::format("loading            {:.2f} s", loaded.seconds));
    console.line(fmt::format("reading {:>5}      {:.1f} tokens/s (median of {})", options.prompt, median(prefill),
                             options.repetitions));
    console.line(fmt::format("writing {:>5}      {:.1f} tokens/s", options.generate, median(decode)));
    return exitDone;
}

} // namespace lemma::app
