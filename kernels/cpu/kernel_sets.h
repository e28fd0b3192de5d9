#pragma once
// The sets that are compiled in. Private to kernels/cpu: go through selectKernels().
//
// A set is two files, <name>_matmul.cpp and <name>_operators.cpp, compiled with the set's flags: each includes the
// set's SIMD class and then the kernel templates. To add a set: write simd_<name>.h, the two files, a line here, in
// cpu_kernels.cpp and in CMakeLists.txt.

#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/matmul_kernels.h"

namespace lemma::kernels::cpu {

extern const MatmulKernels portableMatmul;
extern const CpuKernels portableKernels;

extern const MatmulKernels avx2Matmul;
extern const CpuKernels avx2Kernels;

// Processors for laptops from 2021 on (Alder Lake, Zen 5)
extern const MatmulKernels avx2VnniMatmul;
extern const CpuKernels avx2VnniKernels;

// Ice Lake, Zen 4 and later
extern const MatmulKernels avx512VnniMatmul;
extern const CpuKernels avx512VnniKernels;

} // namespace lemma::kernels::cpu
