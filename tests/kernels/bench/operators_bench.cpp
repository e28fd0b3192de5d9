// Attention and the small operators of the fast kernels, one thread.
//
//     kernels_operators_bench [portable|avx2]

#include "kernels/cpu/matmul.h"
#include "tests/kernels/support/bench_clock.h"
#include "tests/kernels/support/random_weights.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace lemma::kernels;
using lemma::tests::bestTime;
using lemma::tests::randomFloats;

namespace {

void report(const char* name, double time, double bytes, double operations)
{
    std::printf("%-34s %9.2f us  %7.2f GB/s  %7.2f Gop/s\n", name, time * 1e6, bytes / time * 1e-9,
                operations / time * 1e-9);
    std::fflush(stdout);
}

void measureAttention(const cpu::CpuKernels& kernels, const AttentionShape& shape, std::int64_t tokens,
                      std::int64_t depth)
{
    const std::int64_t row = shape.kvHeads * shape.keyDimension;
    const std::int64_t positions = depth + tokens;
    std::vector<std::byte> keys(static_cast<std::size_t>(2 * positions * row));
    std::vector<std::byte> values(keys.size());
    const std::vector<float> source = randomFloats(static_cast<std::size_t>(positions * row), 1);
    kernels.storeHalf(source.data(), positions * row, keys.data());
    kernels.storeHalf(source.data(), positions * row, values.data());
    const std::byte* keyPage = keys.data();
    const std::byte* valuePage = values.data();
    const KvPages pages{KvType::F16, positions,          &keyPage, &valuePage,
                        row,         shape.keyDimension, row,      shape.valueDimension};
    const std::vector<float> queries =
        randomFloats(static_cast<std::size_t>(tokens * shape.queryHeads * shape.keyDimension), 2);
    std::vector<float> output(queries.size());
    std::vector<float> scratch;
    const double time = bestTime([&] {
        kernels.attention(shape, pages, queries.data(), depth, 0, tokens, 0, shape.kvHeads, output.data(), scratch);
    });
    char name[64];
    std::snprintf(name, sizeof name, "attention %d:%d x %d, %lld at %lld", shape.queryHeads, shape.kvHeads,
                  shape.keyDimension, static_cast<long long>(tokens), static_cast<long long>(depth));
    const double visible = static_cast<double>(tokens) * (static_cast<double>(depth) + static_cast<double>(tokens) / 2);
    report(name, time, 2.0 * static_cast<double>(keys.size()), 4.0 * visible * shape.queryHeads * shape.keyDimension);
}

void measureSmall(const cpu::CpuKernels& kernels, std::int64_t count)
{
    const double bytes = 4.0 * static_cast<double>(count);
    const double n = static_cast<double>(count);
    const std::vector<float> x = randomFloats(static_cast<std::size_t>(count), 1);
    const std::vector<float> w = randomFloats(static_cast<std::size_t>(count), 2);
    std::vector<float> y(static_cast<std::size_t>(count));
    std::vector<std::byte> half(static_cast<std::size_t>(2 * count));
    report("rmsNorm", bestTime([&] { kernels.rmsNorm(x.data(), w.data(), 1e-5F, 1, count, y.data()); }), 3 * bytes,
           4 * n);
    report("siluGate", bestTime([&] { kernels.siluGate(x.data(), w.data(), count, y.data()); }), 3 * bytes, n);
    report("add", bestTime([&] { kernels.add(x.data(), count, y.data()); }), 3 * bytes, n);
    report("storeHalf", bestTime([&] { kernels.storeHalf(x.data(), count, half.data()); }), 1.5 * bytes, n);
    y = x;
    report("softmax", bestTime([&] { kernels.softmax(y.data(), count); }), 2 * bytes, n);
    const std::vector<float> turns(32, 0.5F);
    for (const RopePairing pairing : {RopePairing::Adjacent, RopePairing::HalfSplit}) {
        y = x;
        const int heads = static_cast<int>(count / 64);
        report(pairing == RopePairing::Adjacent ? "rope, adjacent" : "rope, half split", bestTime([&] {
                   kernels.rope(pairing, {y.data(), 1, count, heads, 64, 64}, turns.data(), turns.data());
               }),
               2 * bytes, 3 * n);
    }
    cpu::Activations activations;
    activations.reset(x.data(), 1, count);
    report("quantize activations", bestTime([&] { activations.quantize(kernels, 0, 1); }), 1.25 * bytes, n);
}

} // namespace

int main(int count, char** arguments)
{
    const char* wanted = count > 1 ? arguments[1] : std::getenv(cpu::kernelSetVariable);
    const cpu::CpuKernels& kernels = *cpu::selectKernels(wanted).kernels;
    std::printf("set: %s\n", std::string(kernels.name).c_str());
    measureSmall(kernels, 1536);
    const AttentionShape smollm{9, 3, 64, 64, 0.125F};
    const AttentionShape qwen{12, 2, 128, 128, 0.088F};
    for (const AttentionShape& shape : {smollm, qwen}) {
        measureAttention(kernels, shape, 1, 512);
        measureAttention(kernels, shape, 1, 4096);
        measureAttention(kernels, shape, 128, 0);
        measureAttention(kernels, shape, 128, 4096);
    }
}
