#pragma once
// The kernel templates are compiled once per instruction set, each in its own file with its own flags. Everything they
// are made of is inlined, and the SIMD classes have internal linkage, so that the linker can never take code that was
// compiled for one instruction set into a program running on another.

#define LEMMA_INLINE __attribute__((always_inline)) inline
