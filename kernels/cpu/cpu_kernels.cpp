#include "kernels/cpu/cpu_kernels.h"

#include "kernels/cpu/attention_scratch.h"
#include "kernels/cpu/kernel_sets.h"

#include <cstring>

namespace lemma::kernels::cpu {

namespace {

std::vector<const CpuKernels*> findRunnable()
{
    std::vector<const CpuKernels*> sets;
#ifdef LEMMA_X86_KERNELS
    __builtin_cpu_init();
    // Every processor with AVX2 has F16C too, which the compilers' query does not know everywhere.
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        sets.push_back(&avx2Kernels);
    }
#endif
    sets.push_back(&portableKernels);
    return sets;
}

} // namespace

const std::vector<const CpuKernels*>& runnableKernels()
{
    static const std::vector<const CpuKernels*> sets = findRunnable();
    return sets;
}

KernelSelection selectKernels(const char* wanted)
{
    const CpuKernels* best = runnableKernels().front();
    if (wanted == nullptr || *wanted == '\0') {
        return {best, false, false};
    }
    for (const CpuKernels* set : runnableKernels()) {
        if (set->name == wanted) {
            return {set, true, false};
        }
    }
    return {best, false, true};
}

float* growScratch(std::vector<float>& scratch, std::size_t floats)
{
    if (scratch.size() < floats) {
        scratch.resize(floats);
    }
    return scratch.data();
}

} // namespace lemma::kernels::cpu
