#define LEMMA_SIMD_VNNI
#include "kernels/cpu/simd_avx2.h"

#include "kernels/cpu/float_product.h"
#include "kernels/cpu/kernel_sets.h"
#include "kernels/cpu/quantize_activations.h"
#include "kernels/cpu/tile_product.h"

namespace lemma::kernels::cpu {

const MatmulKernels avx2VnniMatmul{Simd::lanes, quantizeActivations, tileProductOf, floatProductOf};

} // namespace lemma::kernels::cpu
