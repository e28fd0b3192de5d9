#include "tests/kernels/support/tested_kernels.h"

#include "kernels/cpu/matmul_kernels.h"

namespace lemma::kernels::cpu {

extern const MatmulKernels emulatedAvx2VnniMatmul;
extern const MatmulKernels emulatedAvx512VnniMatmul;

} // namespace lemma::kernels::cpu

namespace lemma::tests {

using namespace kernels::cpu;

std::vector<const CpuKernels*> kernelsWithMatmul()
{
    std::vector<const CpuKernels*> sets = runnableKernels();
#ifdef LEMMA_EMULATED_KERNELS
    static const auto withMatmul = [](KernelSet set, std::string_view name, const MatmulKernels* matmul) {
        CpuKernels kernels{};
        kernels.set = set;
        kernels.name = name;
        kernels.matmul = matmul;
        return kernels;
    };
    static const CpuKernels avx512 =
        withMatmul(KernelSet::Avx512Vnni, "emulated avx512vnni", &emulatedAvx512VnniMatmul);
    static const CpuKernels avx2 = withMatmul(KernelSet::Avx2Vnni, "emulated avx2vnni", &emulatedAvx2VnniMatmul);
    sets.push_back(&avx512);
    sets.push_back(&avx2);
#endif
    return sets;
}

} // namespace lemma::tests
