#pragma once
// What the processes below this one use, read from /proc. For a machine without a delegated memory cgroup, this is the
// only way to bound a tree of processes.

#include <chrono>
#include <cstdint>
#include <sys/types.h>
#include <vector>

namespace lemma::assistant {

// Children of this process, direct ones only. Empty also where the kernel does not tell (see canListChildren).
std::vector<pid_t> ownChildren();

// All that descend from this process, parents first.
std::vector<pid_t> ownDescendants();

// False on kernels built without CONFIG_PROC_CHILDREN.
bool canListChildren();

// Kills what descends from this process, which must be a subreaper, and waits until it is gone; 5 s at most. True when
// nothing is left.
bool endAllChildren();

struct TreeUse {
    // Anonymous and shared memory and swap. Pages that several processes share are counted in each: an upper bound.
    std::uint64_t memoryBytes = 0;
    std::chrono::microseconds cpu{}; // in steps of 10 ms; children that have ended and been waited for included
};
TreeUse measure(const std::vector<pid_t>& processes);

// The same memory with shared pages counted once. Exact but slow (milliseconds): for when the bound exceeds a limit.
std::uint64_t exactMemory(const std::vector<pid_t>& processes);

struct MachineMemory {
    std::uint64_t totalBytes = 0;
    std::uint64_t availableBytes = 0;
};
MachineMemory machineMemory();

} // namespace lemma::assistant
