#include "kernels/cpu/simd_portable.h"

#include "kernels/cpu/attention_kernel.h"
#include "kernels/cpu/elementwise_kernels.h"
#include "kernels/cpu/kernel_sets.h"
#include "kernels/cpu/norm_kernels.h"
#include "kernels/cpu/rope_kernel.h"

namespace lemma::kernels::cpu {

const CpuKernels portableKernels{KernelSet::Portable, "portable", rmsNorm,        rope, softmax, siluGate, add,
                                 storeHalf,           attention,  &portableMatmul};

} // namespace lemma::kernels::cpu
