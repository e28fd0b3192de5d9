#include "app/cli/bench_machine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/exit_code.h"
#include "engine/base/thread_pool.h"
#include "engine/history/value_json.h"
#include "kernels/cpu/cpu_kernels.h"

namespace lemma::app {
namespace {

constexpr std::size_t megabyte = 1'000'000;
constexpr std::size_t bufferBytes = 256 * megabyte; // far beyond any cache
constexpr int passes = 5;

// Eight sums, so that no addition waits for another and the compiler can use whole vectors.
std::uint64_t sumOf(const std::uint64_t* values, std::size_t count)
{
    std::uint64_t sums[8] = {};
    for (std::size_t i = 0; i + 8 <= count; i += 8)
        for (std::size_t k = 0; k < 8; ++k)
            sums[k] += values[i + k];
    std::uint64_t total = 0;
    for (const std::uint64_t sum : sums)
        total += sum;
    return total;
}

// Bytes a second of the best pass: what other programs take away is not the machine's.
double readBandwidth(engine::ThreadPool& pool)
{
    const std::vector<std::uint64_t> buffer(bufferBytes / sizeof(std::uint64_t), 1);
    constexpr std::size_t chunks = 64;
    const std::size_t chunk = buffer.size() / chunks;
    std::atomic<std::uint64_t> sink{0}; // used, so that reading cannot be optimised away
    double best = 0;
    for (int pass = 0; pass < passes; ++pass) {
        const auto start = std::chrono::steady_clock::now();
        pool.parallelFor(chunks, [&](std::size_t i) { sink += sumOf(buffer.data() + i * chunk, chunk); });
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = std::max(best, static_cast<double>(chunks * chunk * sizeof(std::uint64_t)) / seconds);
    }
    return best;
}

} // namespace

engine::Result<int> benchMachine(int threads, bool json, CommandContext& context)
{
    engine::ThreadPool pool(threads), one(1);
    const double all = readBandwidth(pool), single = readBandwidth(one);
    Console& console = context.console;
    const auto selection = kernels::cpu::selectKernels(std::getenv(kernels::cpu::kernelSetVariable));
    if (json) {
        console.line(engine::jsonLine({{"usableCores", engine::usableCoreCount()},
                                       {"threads", pool.threadCount()},
                                       {"kernels", selection.kernels->name},
                                       {"readBytesPerSecond", all},
                                       {"readBytesPerSecondOneThread", single}}));
        return exitDone;
    }
    console.line(fmt::format("usable cores       {}", engine::usableCoreCount()));
    console.line(fmt::format("kernels            {}", selection.kernels->name));
    console.line(fmt::format("reading memory     {:.1f} GB/s with {} threads, {:.1f} GB/s with one", all / 1e9,
                             pool.threadCount(), single / 1e9));
    console.line(fmt::format("at best            {:.1f} tokens/s for each GB of weights", all / 1e9));
    return exitDone;
}

} // namespace lemma::app
