#pragma once
// The command line of bubblewrap for one Job: what the program inside can see.
//
// A fresh, read-only file system of /usr (and its links), /proc and a minimal /dev of its own, a synthetic /etc, and
// one writable place, /tmp, in memory and of limited size, with the working directory /tmp/w in it. No network, no
// other processes, no capabilities, no further user namespaces. Sources arrive as descriptors: no folder of the machine
// is shared.

#include <string>
#include <vector>

#include "assistant/sandbox/file_descriptor.h"
#include "assistant/sandbox/job/job.h"

namespace lemma::assistant {

inline constexpr const char* workDirectory = "/tmp/w";
inline constexpr const char* temporaryDirectory = "/tmp/t";
inline constexpr const char* innerHelperPath = "/lemma/sandbox-inner";

struct BubblewrapCommand {
    std::vector<std::string> arguments;      // argv of /usr/bin/bwrap
    std::vector<FileDescriptor> descriptors; // named in the arguments; to be open, and inherited, when it starts
};

// `self` is a descriptor of this very executable, which becomes the inner helper: its path may be out of reach for the
// user that the runner has become. `innerConfiguration` is the inner helper's argument.
engine::Result<BubblewrapCommand> bubblewrapCommand(const Job& job, int self, const std::string& innerConfiguration);

} // namespace lemma::assistant
