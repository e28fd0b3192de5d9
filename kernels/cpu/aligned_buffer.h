#pragma once
// Memory for weights and other large arrays that vector instructions read: aligned to a cache line, and from a few MiB
// on to a huge page, for which the system is asked. Contents start undefined. Throws std::bad_alloc.

#include <cstddef>
#include <memory>

namespace lemma::kernels::cpu {

class AlignedBuffer {
public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t size);

    std::byte* data() { return m_data.get(); }
    const std::byte* data() const { return m_data.get(); }
    std::size_t size() const { return m_size; }

private:
    struct Release {
        void operator()(std::byte* data) const;
    };
    std::unique_ptr<std::byte, Release> m_data;
    std::size_t m_size = 0;
};

} // namespace lemma::kernels::cpu
