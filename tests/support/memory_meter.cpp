#include "tests/support/memory_meter.h"

#include <atomic>
#include <cstdlib>
#include <new>

#include <malloc.h>

#include <flint/flint.h>
#include <gmp.h>

namespace {

std::atomic<std::size_t> inUse{0};
std::atomic<std::size_t> highest{0};

void* counted(void* block)
{
    if (block != nullptr) {
        const std::size_t now = inUse += malloc_usable_size(block);
        std::size_t before = highest;
        while (now > before && !highest.compare_exchange_weak(before, now)) {
        }
    }
    return block;
}

void* take(std::size_t size) { return counted(std::malloc(size == 0 ? 1 : size)); }
void* takeCleared(std::size_t count, std::size_t size) { return counted(std::calloc(count, size)); }

void release(void* block)
{
    if (block != nullptr)
        inUse -= malloc_usable_size(block);
    std::free(block);
}

void* resize(void* block, std::size_t size)
{
    if (block != nullptr)
        inUse -= malloc_usable_size(block);
    return counted(std::realloc(block, size));
}

void* resizeOfGmp(void* block, std::size_t, std::size_t size) { return resize(block, size); }
void releaseOfGmp(void* block, std::size_t) { release(block); }

} // namespace

void* operator new(std::size_t size)
{
    if (void* block = take(size))
        return block;
    throw std::bad_alloc();
}
// Of temporary buffers (std::stable_sort). AddressSanitizer brings its own, which ours must not release.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return take(size); }
void operator delete(void* block) noexcept { release(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { release(block); }
void operator delete(void* block, std::size_t) noexcept { release(block); }

namespace lemma::tests {

void MemoryMeter::watchExactLibraries()
{
    __flint_set_memory_functions(take, takeCleared, resize, release);
    mp_set_memory_functions(take, resizeOfGmp, releaseOfGmp);
}

MemoryMeter::MemoryMeter() : m_start(inUse) { highest = m_start; }

std::size_t MemoryMeter::peak() const { return highest - m_start; }

} // namespace lemma::tests
