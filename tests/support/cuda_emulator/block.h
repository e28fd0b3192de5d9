#pragma once
// One block of CUDA threads on one host thread: each CUDA thread is a fibre, and barriers and warp operations are the
// places where a fibre waits for others. Which fibre runs next is random (from a seed), so that a missing barrier gives
// different results from seed to seed. Kernels reach all this through include/cuda_runtime.h.
//
// What a kernel must not do is reported, not tolerated: run() returns the first problem as a sentence.

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace lemma::tests::cuda_emulator {

struct Index3 {
    unsigned x = 0;
    unsigned y = 0;
    unsigned z = 0;
};

struct LaunchShape {
    Index3 grid;
    Index3 block;
    std::size_t dynamicShared = 0;
};

class Block {
public:
    Block(const LaunchShape& shape, Index3 index, std::mt19937& random);
    ~Block();
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    // Runs all threads to their end. Empty, or what went wrong; the remaining threads are then unwound.
    std::string run(const std::function<void()>& body);

    static Block& current(); // of the running kernel
    void syncThreads();
    // Waits for all lanes of the mask and returns what each has brought. All must ask for the same operation.
    std::array<std::uint64_t, 32> exchange(const char* operation, unsigned mask, std::uint64_t value);
    unsigned lane() const;
    void* dynamicShared() { return m_dynamicShared.data(); }
    // One array a name and block. Fresh shared memory holds NaNs (all bits set), never zeros.
    void* sharedArray(const std::string& name, std::size_t bytes);

private:
    struct Thread;
    struct Meeting { // of the lanes of one mask; a lane is at most one operation ahead, so two sets suffice
        const char* operation = nullptr;
        unsigned arrived = 0;
        unsigned generation = 0;
        std::array<std::uint64_t, 32> values[2] = {};
    };
    void waitUntil(const unsigned& generation, unsigned before);
    void resume(unsigned thread);
    void finishThread(unsigned thread);
    void report(const std::string& problem);

    LaunchShape m_shape;
    Index3 m_index;
    std::mt19937& m_random;
    std::vector<std::unique_ptr<Thread>> m_threads;
    std::vector<unsigned> m_runnable;
    unsigned m_running = 0;
    unsigned m_finished = 0;
    unsigned m_arrived = 0;
    unsigned m_generation = 0;
    std::map<std::pair<unsigned, unsigned>, Meeting> m_meetings; // by warp and mask
    std::map<std::string, std::vector<std::uint64_t>> m_shared;
    std::vector<std::uint64_t> m_dynamicShared;
    std::string m_problem;
};

} // namespace lemma::tests::cuda_emulator
