// The products of this set as they are, under another name: see tested_kernels.h.
#define avx512VnniMatmul emulatedAvx512VnniMatmul
#include "kernels/cpu/avx512vnni_matmul.cpp"
