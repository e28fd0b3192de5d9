#pragma once
// What one command may use inside the sandbox. Every figure holds for the whole tree of processes unless it says
// otherwise; the defaults suit a small program, the language table (language.h) overrides them.

#include <chrono>
#include <cstdint>

namespace lemma::assistant {

inline constexpr std::uint64_t kibibyte = 1024;
inline constexpr std::uint64_t mebibyte = 1024 * kibibyte;

struct Limits {
    std::chrono::milliseconds wall{10'000};
    std::chrono::milliseconds cpu{10'000};
    std::uint64_t memoryBytes = 256 * mebibyte;
    std::uint64_t stackBytes = 8 * mebibyte;  // of each thread
    std::uint64_t diskBytes = 64 * mebibyte;  // the private file system
    std::uint64_t fileBytes = 16 * mebibyte;  // one file
    std::uint64_t keptOutputBytes = mebibyte; // stdout and stderr together; more is counted and dropped
    std::uint64_t killOutputBytes = 4 * mebibyte;
    int processes = 64;  // threads count as processes
    int openFiles = 256; // of each process
};

} // namespace lemma::assistant
