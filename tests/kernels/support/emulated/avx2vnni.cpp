// The products of this set as they are, under another name: see tested_kernels.h.
#define avx2VnniMatmul emulatedAvx2VnniMatmul
#include "kernels/cpu/avx2vnni_matmul.cpp"
