// The emulator runs what is right, and finds what is wrong: each fault that a kernel may have is planted here.
#include <QTest>

#include <cmath>

#include <cuda_runtime.h>

using namespace lemma::tests;

namespace {

enum class Fault { None, NoBarrier, Uninitialised, Bounds, EarlyEnd, WrongMask, MixedOperations };

// Sum of x over one block of 64 threads: shuffles in each warp, then shared memory.
__global__ void sumKernel(const float* x, float* y, Fault fault)
{
    LEMMA_SHARED_ARRAY(float, partial, 2);
    const unsigned thread = threadIdx.x;
    if (fault == Fault::EarlyEnd && thread == 5)
        return;
    float sum = x[blockIdx.x * blockDim.x + thread];
    for (int mask = 16; mask > 0; mask /= 2) {
        if (fault == Fault::MixedOperations && thread == 3)
            __syncwarp();
        sum += __shfl_xor_sync(fault == Fault::WrongMask ? 0xfffffffeU : 0xffffffffU, sum, mask);
    }
    if (thread % 32 == 0 && !(fault == Fault::Uninitialised && thread == 32))
        partial[thread / 32] = sum;
    if (fault != Fault::NoBarrier)
        __syncthreads();
    if (thread == 0)
        y[blockIdx.x + (fault == Fault::Bounds ? gridDim.x : 0)] = partial[0] + partial[1];
}

__global__ void countKernel(int* count, unsigned* votes)
{
    LEMMA_DYNAMIC_SHARED(int, shared);
    if (threadIdx.x == 0)
        shared[0] = 0;
    __syncthreads();
    atomicAdd(&shared[0], __dp4a(0x01020304, 0x0100ff01, 0)); // 1 * 1 + 2 * 0 + 3 * -1 + 4 * 1
    __syncthreads();
    if (threadIdx.x == 0)
        atomicAdd(count, shared[0]);
    const unsigned vote = __ballot_sync(0xffffffffU, threadIdx.x % 3 == 0);
    if (threadIdx.x == 0)
        *votes = vote;
}

struct Outcome {
    bool right = false;
    std::vector<std::string> problems;
};

Outcome sumWith(Fault fault, unsigned seed)
{
    constexpr unsigned blocks = 3;
    cuda_emulator::reset({.seed = seed});
    std::vector<float> x(64 * blocks);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = static_cast<float>(i);
    void* input = nullptr;
    void* output = nullptr;
    cudaMalloc(&input, x.size() * sizeof(float));
    cudaMalloc(&output, blocks * sizeof(float));
    cudaMemcpy(input, x.data(), x.size() * sizeof(float), cudaMemcpyHostToDevice);
    cudaLaunchConfig_t config;
    config.gridDim = dim3(blocks);
    config.blockDim = dim3(64);
    cudaLaunchKernelEx(&config, sumKernel, static_cast<const float*>(input), static_cast<float*>(output), fault);
    std::vector<float> y(blocks);
    cudaMemcpy(y.data(), output, blocks * sizeof(float), cudaMemcpyDeviceToHost);
    Outcome outcome{true, cuda_emulator::problems()};
    for (unsigned b = 0; b < blocks; ++b)
        outcome.right = outcome.right && y[b] == static_cast<float>(64 * 64 * b + 64 * 63 / 2);
    cudaFree(input);
    cudaFree(output);
    return outcome;
}

} // namespace

class CudaEmulatorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rightKernelsAreRightForEverySeed()
    {
        for (unsigned seed = 1; seed <= 20; ++seed) {
            const Outcome outcome = sumWith(Fault::None, seed);
            QVERIFY(outcome.right);
            QVERIFY(outcome.problems.empty());
        }
    }

    void everyFaultIsFound_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("missing barrier") << static_cast<int>(Fault::NoBarrier);
        QTest::newRow("uninitialised shared memory") << static_cast<int>(Fault::Uninitialised);
        QTest::newRow("out of bounds") << static_cast<int>(Fault::Bounds);
        QTest::newRow("a thread ends before a barrier") << static_cast<int>(Fault::EarlyEnd);
        QTest::newRow("lane outside of its mask") << static_cast<int>(Fault::WrongMask);
        QTest::newRow("lanes at different operations") << static_cast<int>(Fault::MixedOperations);
    }

    void everyFaultIsFound()
    {
        QFETCH(int, fault);
        bool found = false;
        for (unsigned seed = 1; seed <= 20; ++seed) {
            const Outcome outcome = sumWith(static_cast<Fault>(fault), seed);
            found = found || !outcome.right || !outcome.problems.empty();
        }
        QVERIFY(found);
    }

    void atomicsVotesAndDotProducts()
    {
        cuda_emulator::reset({.seed = 3});
        void* memory = nullptr;
        QCOMPARE(cudaMalloc(&memory, 8), cudaSuccess);
        int values[2] = {};
        cudaMemcpy(memory, values, 8, cudaMemcpyHostToDevice);
        cudaLaunchConfig_t config;
        config.gridDim = dim3(2, 2);
        config.blockDim = dim3(64);
        config.dynamicSmemBytes = sizeof(int);
        int* count = static_cast<int*>(memory);
        QCOMPARE(cudaLaunchKernelEx(&config, countKernel, count, reinterpret_cast<unsigned*>(count + 1)), cudaSuccess);
        cudaMemcpy(values, memory, 8, cudaMemcpyDeviceToHost);
        QCOMPARE(values[0], 4 * 64 * 2);
        QCOMPARE(static_cast<unsigned>(values[1]), 0x49249249U); // bits 0, 3, 6 ...
        cudaFree(memory);
        QVERIFY(cuda_emulator::problems().empty());
    }

    void memoryIsChecked()
    {
        cuda_emulator::reset({.seed = 1, .failAllocation = 2});
        void* memory = nullptr;
        void* second = nullptr;
        QCOMPARE(cudaMalloc(&memory, 10), cudaSuccess);
        QCOMPARE(cudaMalloc(&second, 10), cudaErrorMemoryAllocation);
        float fresh[2] = {};
        QCOMPARE(cudaMemcpy(fresh, memory, 8, cudaMemcpyDeviceToHost), cudaSuccess);
        QVERIFY(std::isnan(fresh[0]));
        QCOMPARE(cudaMemcpy(fresh, static_cast<char*>(memory) + 4, 8, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
        QCOMPARE(cudaFree(fresh), cudaErrorInvalidValue);
        QCOMPARE(cuda_emulator::problems().size(), std::size_t{2});
        cuda_emulator::reset({});
        QCOMPARE(cuda_emulator::problems(), std::vector<std::string>{"leaked 10 bytes"});
        QCOMPARE(cuda_emulator::bytesAllocated(), std::size_t{0});
    }

    void aFailedLaunchSticks()
    {
        cuda_emulator::reset({.seed = 1, .failLaunch = 1});
        cudaLaunchConfig_t config;
        int value = 0;
        unsigned votes = 0;
        QCOMPARE(cudaLaunchKernelEx(&config, countKernel, &value, &votes), cudaErrorLaunchFailure);
        void* memory = nullptr;
        QCOMPARE(cudaMalloc(&memory, 8), cudaErrorLaunchFailure);
        QCOMPARE(cudaDeviceSynchronize(), cudaErrorLaunchFailure);
        cuda_emulator::reset({});
        QCOMPARE(cudaDeviceSynchronize(), cudaSuccess);
    }
};

QTEST_APPLESS_MAIN(CudaEmulatorTest)
#include "cuda_emulator_test.moc"
