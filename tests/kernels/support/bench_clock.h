#pragma once
// Timing for the micro-benchmarks.

#include <algorithm>
#include <chrono>

namespace lemma::tests {

inline double seconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Seconds of the best of many calls within `budget`: other processes can only make one slower.
template <class Function>
double bestTime(Function function, double budget = 0.4)
{
    double best = 1e9;
    const double end = seconds() + budget;
    do {
        const double start = seconds();
        function();
        best = std::min(best, seconds() - start);
    } while (seconds() < end);
    return best;
}

} // namespace lemma::tests
