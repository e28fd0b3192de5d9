#include "kernels/cpu/aligned_buffer.h"

#include <cstdlib>
#include <new>
#include <sys/mman.h>

namespace lemma::kernels::cpu {

namespace {

constexpr std::size_t cacheLine = 64;
constexpr std::size_t hugePage = std::size_t{2} << 20;

} // namespace

AlignedBuffer::AlignedBuffer(std::size_t size) : m_size(size)
{
    const std::size_t alignment = size >= 2 * hugePage ? hugePage : cacheLine;
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    m_data.reset(static_cast<std::byte*>(std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded)));
    if (m_data == nullptr) {
        throw std::bad_alloc();
    }
    if (alignment == hugePage) {
        madvise(m_data.get(), rounded, MADV_HUGEPAGE); // a wish: the system may decline
    }
}

void AlignedBuffer::Release::operator()(std::byte* data) const { std::free(data); }

} // namespace lemma::kernels::cpu
