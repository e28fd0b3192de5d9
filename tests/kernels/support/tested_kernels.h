#pragma once
// The kernel sets whose matrix products are tested: those that this processor runs, and the others by an emulation of
// their instructions (emulated/immintrin.h; needs SIMDe, without which they are left out). Emulated sets have no other
// operators.

#include "kernels/cpu/cpu_kernels.h"

namespace lemma::tests {

std::vector<const kernels::cpu::CpuKernels*> kernelsWithMatmul();

} // namespace lemma::tests
