#include "kernels/cpu/simd_avx512vnni.h"

#include "kernels/cpu/float_product.h"
#include "kernels/cpu/kernel_sets.h"
#include "kernels/cpu/quantize_activations.h"
#include "kernels/cpu/tile_product.h"

namespace lemma::kernels::cpu {

const MatmulKernels avx512VnniMatmul{Simd::lanes, quantizeActivations, tileProductOf, floatProductOf};

} // namespace lemma::kernels::cpu
