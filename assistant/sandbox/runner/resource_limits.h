#pragma once
// Limits that the kernel itself enforces. They bind each process; the tree as a whole is watched by the supervisor.

#include <optional>
#include <string>

#include "assistant/sandbox/limits.h"

namespace lemma::assistant {

// To be called inside the user namespace: there the number of processes counts the sandbox's own ones only.
std::optional<std::string> applyResourceLimits(const Limits& limits);

} // namespace lemma::assistant
