#include "kernels/cpu/simd_avx2.h"

#include "kernels/cpu/attention_kernel.h"
#include "kernels/cpu/elementwise_kernels.h"
#include "kernels/cpu/kernel_sets.h"
#include "kernels/cpu/norm_kernels.h"
#include "kernels/cpu/rope_kernel.h"

namespace lemma::kernels::cpu {

const CpuKernels avx2VnniKernels{KernelSet::Avx2Vnni, "avx2vnni", rmsNorm,        rope, softmax, siluGate, add,
                                 storeHalf,           attention,  &avx2VnniMatmul};

} // namespace lemma::kernels::cpu
