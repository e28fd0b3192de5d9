// How fast a model loads, reads a prompt and decodes.
//
//     build/release/tests/engine_model_speed [model.gguf [threads]]     (default: the starter model, all cores)
//
// Prints the best of several runs, since a shared machine only ever makes a run slower, and the median beside it.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/engine/model/model_helpers.h"
#include "tests/support/test_paths.h"

using namespace lemma;
using namespace lemma::engine;
using namespace lemma::tests;

namespace {

constexpr int promptTokens = 512;
constexpr int decodedTokens = 64;
constexpr int repetitions = 5;

double seconds(const std::function<void()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void print(const char* what, int tokens, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%-16s best %8.1f tokens/s   median %8.1f tokens/s\n", what, tokens / times.front(),
                tokens / times[times.size() / 2]);
}

void measure(Model& model, int depth)
{
    const auto cache = KvCache::create(model.config(), {});
    std::vector<TokenId> prompt(static_cast<std::size_t>(std::max(promptTokens, depth)));
    for (std::size_t i = 0; i < prompt.size(); ++i)
        prompt[i] = static_cast<TokenId>(i * 7919 % static_cast<std::size_t>(model.config().vocabularySize));
    std::vector<double> reading;
    std::vector<double> decoding;
    std::vector<float> logits;
    for (int run = 0; run < repetitions; ++run) {
        Sequence sequence = (*cache)->newSequence();
        const auto forward = [&](std::span<const TokenId> tokens) {
            const Model::BatchItem item{.sequence = &sequence, .tokens = tokens};
            if (!model.forward({&item, 1}, logits))
                std::abort();
        };
        const std::span<const TokenId> all(prompt);
        reading.push_back(seconds([&] {
            for (std::size_t first = 0; first < all.size(); first += promptTokens)
                forward(all.subspan(first, promptTokens));
        }));
        decoding.push_back(seconds([&] {
            for (int i = 0; i < decodedTokens; ++i)
                forward(all.subspan(static_cast<std::size_t>(i), 1));
        }));
    }
    std::printf("depth %d\n", depth);
    print("  prompt", static_cast<int>(prompt.size()), reading);
    print("  decode", decodedTokens, decoding);
}

} // namespace

int main(int argc, char** argv)
{
    const std::filesystem::path path = argc > 1 ? std::filesystem::path(argv[1]) : starterModel();
    if (path.empty()) {
        std::puts("no model: nothing measured");
        return 0;
    }
    ThreadPool pool(argc > 2 ? std::atoi(argv[2]) : 0);
    std::vector<double> loading;
    Result<std::unique_ptr<Model>> model = fail(ErrorCode::Internal, "");
    for (int run = 0; run < 3; ++run)
        loading.push_back(seconds([&] { model = loadModel(GgufFile::open(path), pool, Precision::Fast); }));
    if (!model) {
        std::fprintf(stderr, "%s\n", model.error().message.c_str());
        return 1;
    }
    std::printf("%s, %d threads\nload             best %8.3f s   first %8.3f s   %.1f MiB of its own\n", path.c_str(),
                pool.threadCount(), *std::ranges::min_element(loading), loading.front(),
                static_cast<double>((*model)->weightBytes()) / (1024.0 * 1024.0));
    measure(**model, promptTokens);
    measure(**model, 4 * promptTokens);
    return 0;
}
