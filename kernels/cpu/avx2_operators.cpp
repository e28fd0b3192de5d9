#include "kernels/cpu/simd_avx2.h"

#include "kernels/cpu/attention_kernel.h"
#include "kernels/cpu/elementwise_kernels.h"
#include "kernels/cpu/kernel_sets.h"
#include "kernels/cpu/norm_kernels.h"
#include "kernels/cpu/rope_kernel.h"

namespace lemma::kernels::cpu {

const CpuKernels avx2Kernels{KernelSet::Avx2, "avx2", rmsNorm,   rope,      softmax,
                             siluGate,        add,    storeHalf, attention, &avx2Matmul};

} // namespace lemma::kernels::cpu
