// The operators stay at 256 bits: the dimensions of heads are multiples of 8, and all of them together take less time
// than reading the weights. With these flags they have 32 registers.
#include "kernels/cpu/simd_avx2.h"

#include "kernels/cpu/attention_kernel.h"
#include "kernels/cpu/elementwise_kernels.h"
#include "kernels/cpu/kernel_sets.h"
#include "kernels/cpu/norm_kernels.h"
#include "kernels/cpu/rope_kernel.h"

namespace lemma::kernels::cpu {

const CpuKernels avx512VnniKernels{
    KernelSet::Avx512Vnni, "avx512vnni", rmsNorm, rope, softmax, siluGate, add, storeHalf, attention,
    &avx512VnniMatmul};

} // namespace lemma::kernels::cpu
