#pragma once
// The class `Simd` that the kernel templates are made of. A source file includes the one of its instruction set first;
// where none was included, this is the portable one, so that every template header also compiles alone.

#ifndef LEMMA_SIMD_CHOSEN
#include "kernels/cpu/simd_portable.h"
#endif
