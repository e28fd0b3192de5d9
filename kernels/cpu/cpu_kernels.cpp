#include "kernels/cpu/cpu_kernels.h"

#include "kernels/cpu/attention_scratch.h"
#include "kernels/cpu/kernel_sets.h"

#ifdef LEMMA_X86_KERNELS
#include <cpuid.h>
#endif

namespace lemma::kernels::cpu {

namespace {

#ifdef LEMMA_X86_KERNELS
// Intel's manual, CPUID leaf 7, subleaf 1, EAX bit 4. The compilers' query does not know it everywhere; that the
// system saves the registers follows from its answer for AVX2.
bool hasAvxVnni()
{
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    return __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax & 16U) != 0;
}

bool hasAvx512Vnni()
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vnni");
}
#endif

std::vector<const CpuKernels*> findRunnable()
{
    std::vector<const CpuKernels*> sets;
#ifdef LEMMA_X86_KERNELS
    __builtin_cpu_init();
    // Every processor with AVX2 has F16C too, which the compilers' query does not know everywhere.
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        if (hasAvx512Vnni()) {
            sets.push_back(&avx512VnniKernels);
        }
        if (hasAvxVnni()) {
            sets.push_back(&avx2VnniKernels);
        }
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
