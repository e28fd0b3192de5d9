#pragma once
// The random numbers of sampling: xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
// 2021), seeded by splitmix64. Integers only, so that a seed gives the same numbers on every platform.

#include <array>
#include <cstdint>

namespace lemma::engine {

class Random {
public:
    using State = std::array<std::uint64_t, 4>;

    explicit Random(std::uint64_t seed);
    explicit Random(const State& state) : m_state(state) {} // not all zero

    std::uint64_t next();

    // In [0, 1), a multiple of 2^-53.
    double uniform();

    const State& state() const { return m_state; }

private:
    State m_state{};
};

} // namespace lemma::engine
