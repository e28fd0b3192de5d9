#include "tests/support/cuda_emulator/block.h"

#include <algorithm>

#include <boost/context/fiber.hpp>
#include <boost/context/fixedsize_stack.hpp>

#include <cuda_runtime.h>

#include "tests/support/cuda_emulator/stack_switch.h"

namespace lemma::tests::cuda_emulator {
namespace {

constexpr std::size_t stackBytes = 64 * 1024;
constexpr std::uint64_t poison = ~std::uint64_t{0};
Block* currentBlock = nullptr;

struct Abandoned {}; // unwinds a thread of a block that has failed

std::vector<std::uint64_t> poisoned(std::size_t bytes) { return std::vector<std::uint64_t>(bytes / 8 + 2, poison); }

// Stacks are kept: a fresh mapping for each fibre would be most of the time.
struct StackPool {
    std::vector<boost::context::stack_context> free;
    boost::context::stack_context allocate()
    {
        if (free.empty())
            return boost::context::fixedsize_stack(stackBytes).allocate();
        const boost::context::stack_context stack = free.back();
        free.pop_back();
        return stack;
    }
    ~StackPool()
    {
        for (boost::context::stack_context& stack : free)
            boost::context::fixedsize_stack(stackBytes).deallocate(stack);
    }
};
StackPool stackPool;

struct PooledStack {
    StackRange& range; // of the stack that the fibre gets
    boost::context::stack_context allocate()
    {
        const boost::context::stack_context stack = stackPool.allocate();
        range = {static_cast<char*>(stack.sp) - stack.size, stack.size};
        return stack;
    }
    static void deallocate(boost::context::stack_context& stack) { stackPool.free.push_back(stack); }
};

} // namespace

struct Block::Thread {
    Index3 index;
    boost::context::fiber fibre;
    boost::context::fiber scheduler;
    const unsigned* waitsFor = nullptr; // a generation that must move on from `before`
    unsigned before = 0;
    bool finished = false;
    StackRange stack;
    StackRange schedulerStack;
    void* kept = nullptr;
};

Block::Block(const LaunchShape& shape, Index3 index, std::mt19937& random)
    : m_shape(shape), m_index(index), m_random(random), m_dynamicShared(poisoned(shape.dynamicShared))
{
}

Block::~Block() = default;

Block& Block::current() { return *currentBlock; }

std::string Block::run(const std::function<void()>& body)
{
    currentBlock = this;
    blockIdx = {m_index.x, m_index.y, m_index.z};
    gridDim = dim3(m_shape.grid.x, m_shape.grid.y, m_shape.grid.z);
    blockDim = dim3(m_shape.block.x, m_shape.block.y, m_shape.block.z);
    const unsigned count = m_shape.block.x * m_shape.block.y * m_shape.block.z;
    for (unsigned i = 0; i < count; ++i) {
        auto thread = std::make_unique<Thread>();
        Thread* self = thread.get();
        self->index = {i % m_shape.block.x, i / m_shape.block.x % m_shape.block.y,
                       i / (m_shape.block.x * m_shape.block.y)};
        self->fibre = boost::context::fiber(std::allocator_arg, PooledStack{self->stack},
                                            [self, &body](boost::context::fiber&& scheduler) {
                                                afterSwitch(nullptr, &self->schedulerStack);
                                                self->scheduler = std::move(scheduler);
                                                try {
                                                    body();
                                                } catch (const Abandoned&) {
                                                }
                                                self->finished = true;
                                                beforeSwitch(nullptr, self->schedulerStack);
                                                return std::move(self->scheduler);
                                            });
        m_threads.push_back(std::move(thread));
    }
    while (m_finished < count) {
        m_runnable.clear();
        for (unsigned i = 0; i < count; ++i) {
            const Thread& thread = *m_threads[i];
            if (!thread.finished && (!m_problem.empty() || !thread.waitsFor || *thread.waitsFor != thread.before))
                m_runnable.push_back(i);
        }
        if (m_runnable.empty()) {
            report("deadlock: every thread of the block waits");
            continue; // and lets all of them unwind
        }
        std::ranges::shuffle(m_runnable, m_random);
        for (const unsigned thread : m_runnable)
            resume(thread);
    }
    currentBlock = nullptr;
    return m_problem;
}

void Block::resume(unsigned thread)
{
    Thread& self = *m_threads[thread];
    m_running = thread;
    self.waitsFor = nullptr;
    threadIdx = {self.index.x, self.index.y, self.index.z};
    void* kept = nullptr;
    beforeSwitch(&kept, self.stack);
    self.fibre = std::move(self.fibre).resume();
    afterSwitch(kept, nullptr);
    if (self.finished)
        finishThread(thread);
}

void Block::finishThread(unsigned thread)
{
    ++m_finished;
    if (m_arrived > 0)
        report("a thread ended while others wait at __syncthreads");
    for (const auto& [key, meeting] : m_meetings) {
        if (key.first == thread / 32 && meeting.arrived != 0 && (key.second >> (thread % 32) & 1U) != 0)
            report(std::string("a lane of the mask ended while others wait at ") + meeting.operation);
    }
}

void Block::report(const std::string& problem)
{
    if (m_problem.empty())
        m_problem = problem;
}

void Block::waitUntil(const unsigned& generation, unsigned before)
{
    Thread& self = *m_threads[m_running];
    self.waitsFor = &generation;
    self.before = before;
    beforeSwitch(&self.kept, self.schedulerStack);
    self.scheduler = std::move(self.scheduler).resume();
    afterSwitch(self.kept, &self.schedulerStack);
    if (!m_problem.empty())
        throw Abandoned{};
}

void Block::syncThreads()
{
    if (m_finished > 0)
        report("__syncthreads after a thread of the block has ended");
    const unsigned before = m_generation;
    if (++m_arrived == m_threads.size()) {
        m_arrived = 0;
        ++m_generation;
    }
    waitUntil(m_generation, before);
}

std::array<std::uint64_t, 32> Block::exchange(const char* operation, unsigned mask, std::uint64_t value)
{
    const unsigned warp = m_running / 32;
    const unsigned bit = 1U << lane();
    if ((mask & bit) == 0) {
        report(std::string(operation) + " by a lane outside of its own mask");
        throw Abandoned{};
    }
    Meeting& meeting = m_meetings[{warp, mask}];
    if (meeting.arrived != 0 && std::strcmp(meeting.operation, operation) != 0)
        report(std::string("lanes of one warp meet at ") + meeting.operation + " and " + operation);
    meeting.operation = operation;
    const unsigned before = meeting.generation;
    meeting.values[before % 2][lane()] = value;
    meeting.arrived |= bit;
    if (meeting.arrived == mask) {
        meeting.arrived = 0;
        ++meeting.generation;
    }
    waitUntil(meeting.generation, before);
    return meeting.values[before % 2];
}

unsigned Block::lane() const { return m_running % 32; }

void* Block::sharedArray(const std::string& name, std::size_t bytes)
{
    return m_shared.try_emplace(name, poisoned(bytes)).first->second.data();
}

} // namespace lemma::tests::cuda_emulator
