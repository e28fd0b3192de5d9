// Matrix products of the fast kernels, one thread: GB/s of weights and Gop/s (one multiply-add is two).
//
//     kernels_matmul_bench [type ...] [--tokens N] [--rows N] [--columns N] [--set portable|avx2]

#include "kernels/cpu/matmul.h"
#include "tests/kernels/support/bench_clock.h"
#include "tests/kernels/support/random_weights.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

using namespace lemma::kernels;
using lemma::tests::bestTime;
using lemma::tests::seconds;

namespace {

struct Options {
    std::vector<TensorType> types;
    std::vector<std::int64_t> tokens;
    std::int64_t rows = 1536;
    std::int64_t columns = 0; // by type
    const cpu::CpuKernels* kernels = cpu::selectKernels(std::getenv(cpu::kernelSetVariable)).kernels;
};

Options readOptions(int count, char** arguments)
{
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word = arguments[i];
        const char* value = i + 1 < count ? arguments[i + 1] : "";
        if (word == "--tokens") {
            options.tokens.push_back(std::atoll(value));
        } else if (word == "--rows") {
            options.rows = std::atoll(value);
        } else if (word == "--columns") {
            options.columns = std::atoll(value);
        } else if (word == "--set") {
            options.kernels = cpu::selectKernels(value).kernels;
        } else {
            for (const TensorType type : lemma::tests::allTypes()) {
                if (tensorTypeInfo(type).name == word) {
                    options.types.push_back(type);
                }
            }
            continue;
        }
        ++i;
    }
    if (options.types.empty()) {
        options.types = lemma::tests::allTypes();
    }
    if (options.tokens.empty()) {
        options.tokens = {1, 4, 128};
    }
    return options;
}

// As many copies of the matrix as do not fit into the caches, taken in turn, as a model's layers are.
void measure(const Options& options, TensorType type, std::int64_t tokens)
{
    const std::int64_t columns = options.columns != 0 ? options.columns : 1536;
    const std::vector<std::byte> weights = lemma::tests::randomWeights(type, options.rows, columns, 1);
    const std::size_t bytes = weights.size();
    const std::size_t copies = tokens > 8 ? 1 : std::max<std::size_t>(1, (std::size_t{128} << 20) / bytes);
    std::vector<std::vector<std::byte>> sources(cpu::needsQuantizedActivations(type) ? 1 : copies, weights);
    std::vector<cpu::PackedMatrix> matrices;
    double packTime = 0.0;
    for (std::size_t i = 0; i < copies; ++i) {
        matrices.emplace_back(*options.kernels, type, sources[i % sources.size()].data(), options.rows, columns);
        const double start = seconds();
        matrices.back().packTiles(0, matrices.back().tileCount());
        packTime += seconds() - start;
    }
    const std::vector<float> x = lemma::tests::randomFloats(static_cast<std::size_t>(tokens * columns), 2);
    std::vector<float> y(static_cast<std::size_t>(tokens * options.rows));
    cpu::Activations activations;
    activations.reset(x.data(), tokens, columns);
    activations.quantize(*options.kernels, 0, tokens);
    std::size_t next = 0;
    const double time =
        bestTime([&] {
            for (std::size_t i = 0; i < std::min<std::size_t>(copies, 8); ++i) {
                cpu::matmul(matrices[next], activations, 0, tokens, 0, options.rows, y.data(), options.rows);
                next = (next + 1) % copies;
            }
        }) /
        static_cast<double>(std::min<std::size_t>(copies, 8));
    const double weightCount = static_cast<double>(options.rows * columns);
    std::printf("%-9s %-8s %5lld tokens  %8.1f us  %6.2f GB/s  %7.1f Gop/s  pack %5.2f ns/weight\n",
                std::string(options.kernels->name).c_str(), std::string(tensorTypeInfo(type).name).c_str(),
                static_cast<long long>(tokens), time * 1e6, static_cast<double>(bytes) / time * 1e-9,
                2.0 * weightCount * static_cast<double>(tokens) / time * 1e-9,
                packTime / static_cast<double>(copies) / weightCount * 1e9);
    std::fflush(stdout);
}

} // namespace

int main(int count, char** arguments)
{
    const Options options = readOptions(count, arguments);
    for (const TensorType type : options.types) {
        for (const std::int64_t tokens : options.tokens) {
            measure(options, type, tokens);
        }
    }
}
