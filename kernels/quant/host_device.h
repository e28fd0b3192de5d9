#pragma once
// Marks the inline codecs that CUDA kernels use as well.

#ifdef __CUDACC__
#define LEMMA_HOST_DEVICE __host__ __device__
#else
#define LEMMA_HOST_DEVICE
#endif
