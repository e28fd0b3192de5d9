#pragma once
// The fast operators for one instruction set, as a table of functions, chosen once at start.
//
//     const KernelSelection selection = selectKernels(std::getenv(kernelSetVariable));
//     selection.kernels->rmsNorm(x, weight, epsilon, tokens, columns, y);
//
// Every function works on the part of the data it is given and starts no threads: the engine splits the work. Results
// do not depend on the split, bit for bit. They may differ between sets in the last bits. Matrix products: see
// matmul.h.

#include "kernels/reference/attention.h"
#include "kernels/reference/rope.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace lemma::kernels::cpu {

struct MatmulKernels; // private to kernels/cpu

enum class KernelSet { Portable, Avx2, Avx2Vnni, Avx512Vnni };

struct CpuKernels {
    KernelSet set;
    std::string_view name; // the word that forces it: "portable", "avx2", "avx2vnni", "avx512vnni"

    // The contracts are those of kernels/reference.
    void (*rmsNorm)(const float* x, const float* weight, float epsilon, std::int64_t rows, std::int64_t columns,
                    float* y);
    void (*rope)(RopePairing pairing, const RopeTarget& target, const float* cosine, const float* sine);
    void (*softmax)(float* x, std::int64_t count);
    void (*siluGate)(const float* gate, const float* up, std::int64_t count, float* y);
    void (*add)(const float* x, std::int64_t count, float* y);

    // y[i] = x[i] as a half float, rounded to nearest even: for a KV cache in F16.
    void (*storeHalf)(const float* x, std::int64_t count, std::byte* y);

    // Tokens tokenBegin .. tokenEnd - 1 and the query heads of KV heads kvHeadBegin .. kvHeadEnd - 1. `scratch` grows
    // as needed; each thread has its own.
    void (*attention)(const AttentionShape& shape, const KvPages& pages, const float* queries,
                      std::int64_t firstPosition, std::int64_t tokenBegin, std::int64_t tokenEnd, int kvHeadBegin,
                      int kvHeadEnd, float* output, std::vector<float>& scratch);

    const MatmulKernels* matmul;
};

inline constexpr const char* kernelSetVariable = "LEMMA_CPU_KERNELS";

struct KernelSelection {
    const CpuKernels* kernels; // never nullptr
    bool forced;               // the wanted set was found and is used
    bool refused; // a set was wanted that does not exist or that this processor cannot run; the best one is used
};

// `wanted`: name of a set, or nullptr or "" for the best one that this processor can run.
KernelSelection selectKernels(const char* wanted);

// Every set that this processor can run, best first.
const std::vector<const CpuKernels*>& runnableKernels();

} // namespace lemma::kernels::cpu
