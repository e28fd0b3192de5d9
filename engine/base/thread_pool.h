#pragma once
// Fork-join over a few threads: how one operator of the forward pass uses all cores.
//
//     pool.parallelFor(rowBlocks, [&](std::size_t block) { multiplyRows(block); });
//
// The calling thread works too. Work is handed out in chunks by an atomic counter, so a thread that the system has
// preempted delays at most the chunk it holds; workers spin briefly between calls and then sleep, so an idle engine
// costs nothing. The function must not throw and must not call parallelFor on the same pool. One caller at a time: the
// engine thread owns the pool.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace lemma::engine {

// Cores that this process may really use: affinity mask and cgroup quota respected, at least 1.
int usableCoreCount();

class ThreadPool {
public:
    // `threads` counts the caller: 1 means no worker is started. 0 means usableCoreCount().
    explicit ThreadPool(int threads = 0);
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;
    ~ThreadPool();

    int threadCount() const { return static_cast<int>(m_workers.size()) + 1; }

    // Calls function(i) for every i in [0, count), in no particular order, and returns when all have returned.
    void parallelFor(std::size_t count, const std::function<void(std::size_t)>& function);

private:
    void workerLoop();
    void takeChunks(std::uint64_t generation);

    // One parallelFor is one generation. The upper 32 bits of m_next hold the generation, the lower 32 the next index,
    // so a late worker of a former generation can never take an index of the present one.
    std::atomic<std::uint64_t> m_next{0};
    std::atomic<std::size_t> m_pending{0}; // indices not yet finished
    std::atomic<std::uint64_t> m_generation{0};
    std::atomic<std::size_t> m_count{0};
    std::atomic<const std::function<void(std::size_t)>*> m_function{nullptr};
    std::atomic<bool> m_stopping{false};
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::atomic<int> m_sleeping{0};
    std::vector<std::thread> m_workers;
};

} // namespace lemma::engine
