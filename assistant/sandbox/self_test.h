#pragma once
// Attacks the sandbox through the very path that programs take, before the first program runs: versions and settings
// say little about whether an isolation holds.
//
// The attacks (runner/canary.cpp) try to reach a listener, a file, a process and the environment of this application,
// the system's files, the terminal, other namespaces and the kernel's risky corners, and to use more disk, processes,
// memory and output than allowed. About 0.2 s.

#include <filesystem>

#include "engine/base/result.h"

namespace lemma::assistant {

// Unsupported where the sandbox cannot start or an attack got through; the message is for the user.
engine::Result<> attackSandbox(const std::filesystem::path& runner);

// What must not have changed for an earlier "it holds" to count: boot, kernel, user, bubblewrap, runner.
std::string sandboxFingerprint(const std::filesystem::path& runner);

} // namespace lemma::assistant
