#pragma once
// What kernels and their launchers see in place of the CUDA toolkit's header of this name when the host's compiler
// compiles them for a test: put this folder before the toolkit's in the include path. No toolkit is needed.
//
// threadIdx and its kin are variables, since launchers use members with the same names (config.gridDim). Launches run
// at once, blocks one after another in random order. Shared memory is declared by LEMMA_SHARED_ARRAY(type, name, count)
// and LEMMA_DYNAMIC_SHARED(type, name).

#include <cstring>
#include <functional>
#include <string>

#include "tests/support/cuda_emulator/block.h"
#include "tests/support/cuda_emulator/runtime.h"

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define LEMMA_SHARED_ARRAY(type, name, count)                                                                          \
    type* const name = static_cast<type*>(lemma::tests::cuda_emulator::Block::current().sharedArray(                   \
        std::string(__FILE__ ":") + std::to_string(__LINE__) + #name, sizeof(type) * (count)))
#define LEMMA_DYNAMIC_SHARED(type, name)                                                                               \
    type* const name = static_cast<type*>(lemma::tests::cuda_emulator::Block::current().dynamicShared())

inline void __syncthreads() { lemma::tests::cuda_emulator::Block::current().syncThreads(); }
inline void __syncwarp(unsigned mask = 0xffffffffU)
{
    lemma::tests::cuda_emulator::Block::current().exchange("__syncwarp", mask, 0);
}

template <class T>
T emulatedShuffle(const char* operation, unsigned mask, T value, unsigned source)
{
    static_assert(sizeof(T) <= 8);
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof(T));
    bits = lemma::tests::cuda_emulator::Block::current().exchange(operation, mask, bits)[source % 32];
    std::memcpy(&value, &bits, sizeof(T));
    return value;
}

template <class T>
T __shfl_sync(unsigned mask, T value, int source)
{
    return emulatedShuffle("__shfl_sync", mask, value, static_cast<unsigned>(source));
}

template <class T>
T __shfl_xor_sync(unsigned mask, T value, int bits)
{
    const unsigned lane = lemma::tests::cuda_emulator::Block::current().lane();
    return emulatedShuffle("__shfl_xor_sync", mask, value, lane ^ static_cast<unsigned>(bits));
}

inline unsigned __ballot_sync(unsigned mask, int predicate)
{
    const auto all =
        lemma::tests::cuda_emulator::Block::current().exchange("__ballot_sync", mask, predicate != 0 ? 1 : 0);
    unsigned votes = 0;
    for (unsigned lane = 0; lane < 32; ++lane)
        votes |= (mask >> lane & 1U) != 0 && all[lane] != 0 ? 1U << lane : 0U;
    return votes;
}

// Fibres change places at barriers and warp operations only, so these are atomic.
template <class T>
T atomicAdd(T* target, T value)
{
    const T old = *target;
    *target = static_cast<T>(old + value);
    return old;
}

inline int __dp4a(int a, int b, int c)
{
    for (int byte = 0; byte < 4; ++byte)
        c += static_cast<std::int8_t>(a >> (8 * byte)) * static_cast<std::int8_t>(b >> (8 * byte));
    return c;
}

template <class... Expected, class... Given>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t* config, void (*kernel)(Expected...), Given&&... given)
{
    return lemma::tests::cuda_emulator::launch(*config, [&] { kernel(given...); });
}
