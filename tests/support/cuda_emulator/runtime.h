#pragma once
// The runtime calls of CUDA over host memory, and the switches of a test.
//
//     cuda_emulator::reset({.seed = 7, .failAllocation = 3});
//     ... launchers under test ...
//     QCOMPARE(cuda_emulator::problems(), std::vector<std::string>{});
//
// Device memory lies in a table: it starts poisoned (NaNs), copies and fills outside of an allocation are refused,
// writes of kernels just behind (or before) one are found at the next launch, copy or free (reads are not), and reset()
// names what leaked. A problem inside of a kernel is a sticky error, as on a card. Not thread-safe. Streams are not
// emulated: everything is done when its call returns.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

enum cudaError_t {
    cudaSuccess = 0,
    cudaErrorInvalidValue = 1,
    cudaErrorMemoryAllocation = 2,
    cudaErrorInvalidConfiguration = 9,
    cudaErrorLaunchFailure = 719,
};
enum cudaMemcpyKind { cudaMemcpyHostToDevice = 1, cudaMemcpyDeviceToHost = 2, cudaMemcpyDeviceToDevice = 3 };

struct uint3 {
    unsigned x = 0;
    unsigned y = 0;
    unsigned z = 0;
};
struct dim3 {
    constexpr dim3(unsigned sizeX = 1, unsigned sizeY = 1, unsigned sizeZ = 1) : x(sizeX), y(sizeY), z(sizeZ) {}
    unsigned x;
    unsigned y;
    unsigned z;
};
struct cudaLaunchConfig_t {
    dim3 gridDim;
    dim3 blockDim;
    std::size_t dynamicSmemBytes = 0;
};

inline uint3 threadIdx;
inline uint3 blockIdx;
inline dim3 blockDim;
inline dim3 gridDim;

cudaError_t cudaMalloc(void** pointer, std::size_t bytes);
cudaError_t cudaFree(void* pointer);
cudaError_t cudaMemcpy(void* target, const void* source, std::size_t bytes, cudaMemcpyKind kind);
cudaError_t cudaDeviceSynchronize();

namespace lemma::tests::cuda_emulator {

struct Settings {
    unsigned seed = 1;
    int failAllocation = 0; // the n-th from now on fails; 0: none
    int failLaunch = 0;     // likewise, with a sticky error
};

void reset(const Settings& settings); // a fresh device; problems() then tells what the old one leaked
const std::vector<std::string>& problems();
std::size_t bytesAllocated();

cudaError_t launch(const cudaLaunchConfig_t& config, const std::function<void()>& body);

} // namespace lemma::tests::cuda_emulator
