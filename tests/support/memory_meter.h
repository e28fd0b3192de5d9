#pragma once
// How much memory this program has in use, for tests of limits. Counts what C++, FLINT and GMP take from now on; the
// program that links it has its operator new and delete replaced by counting ones.
//
//     MemoryMeter::watchExactLibraries();          once, before any exact arithmetic
//     const MemoryMeter meter;
//     work();
//     meter.peak()                                 bytes beyond what was in use when the meter was made

#include <cstddef>

namespace lemma::tests {

class MemoryMeter {
public:
    static void watchExactLibraries();

    MemoryMeter();
    std::size_t peak() const;

private:
    std::size_t m_start;
};

} // namespace lemma::tests
