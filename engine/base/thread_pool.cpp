#include "engine/base/thread_pool.h"

#include <algorithm>
#include <fstream>
#include <string>

#include <sched.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lemma::engine {
namespace {

void pauseBriefly()
{
#if defined(__x86_64__)
    _mm_pause();
#else
    std::this_thread::yield();
#endif
}

// About 20 microseconds on current x86: longer than the serial gap between two operators of one layer, far shorter than
// a scheduler tick, so a sleeping machine stays asleep and a running decoder does not pay a futex for each operator.
constexpr int spinsBeforeSleep = 2000;

// Cores allowed by the cgroup v2 quota ("max 100000" or "200000 100000"), or a large number.
int cgroupCoreLimit()
{
    std::ifstream file("/sys/fs/cgroup/cpu.max");
    std::string quota;
    double period = 0;
    if (!(file >> quota >> period) || quota == "max" || period <= 0)
        return 1 << 20;
    return std::max(1, static_cast<int>(std::stod(quota) / period));
}

} // namespace

int usableCoreCount()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int cores = static_cast<int>(std::thread::hardware_concurrency());
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        cores = CPU_COUNT(&set);
    return std::max(1, std::min(cores, cgroupCoreLimit()));
}

ThreadPool::ThreadPool(int threads)
{
    const int total = threads > 0 ? threads : usableCoreCount();
    m_workers.reserve(static_cast<std::size_t>(total - 1));
    for (int i = 1; i < total; ++i)
        m_workers.emplace_back([this] { workerLoop(); });
}

ThreadPool::~ThreadPool()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    for (std::thread& worker : m_workers)
        worker.join();
}

void ThreadPool::parallelFor(std::size_t count, const std::function<void(std::size_t)>& function)
{
    if (count == 0)
        return;
    if (m_workers.empty() || count == 1) {
        for (std::size_t i = 0; i < count; ++i)
            function(i);
        return;
    }
    const std::uint64_t generation = (m_generation.load() + 1) & 0xFFFFFFFFu;
    // Closed while it is set up: a worker still in the former generation could otherwise hold its last index against
    // the new count and run it. Its compare-exchange now fails.
    m_next = (generation << 32) | 0xFFFFFFFFu;
    m_function = &function;
    m_count = count;
    m_pending = count;
    m_next = generation << 32;
    m_generation = generation;
    if (m_sleeping.load() > 0) {
        const std::scoped_lock lock(m_mutex); // a worker between its last look and its wait holds the mutex
        m_wake.notify_all();
    }
    takeChunks(generation);
    int spins = 0;
    while (m_pending.load() != 0) {
        if (++spins < spinsBeforeSleep)
            pauseBriefly();
        else
            std::this_thread::yield(); // the worker that holds the last chunk may need this core
    }
}

void ThreadPool::takeChunks(std::uint64_t generation)
{
    std::uint64_t next = m_next.load();
    while ((next >> 32) == generation) {
        const std::size_t index = next & 0xFFFFFFFFu;
        // An index below the count proves that the generation is unfinished, so m_function still belongs to it.
        if (index >= m_count.load())
            return;
        if (!m_next.compare_exchange_weak(next, next + 1))
            continue;
        (*m_function.load())(index);
        m_pending.fetch_sub(1);
        next = m_next.load();
    }
}

void ThreadPool::workerLoop()
{
    std::uint64_t seen = 0;
    while (!m_stopping) {
        int spins = 0;
        while (m_generation.load() == seen && !m_stopping && ++spins < spinsBeforeSleep)
            pauseBriefly();
        if (m_generation.load() == seen && !m_stopping) {
            std::unique_lock lock(m_mutex);
            ++m_sleeping;
            m_wake.wait(lock, [&] { return m_generation.load() != seen || m_stopping; });
            --m_sleeping;
        }
        seen = m_generation.load();
        takeChunks(seen);
    }
}

} // namespace lemma::engine
