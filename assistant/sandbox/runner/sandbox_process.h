#pragma once
// One started bubblewrap, with the ends of its pipes that are ours.

#include <sys/types.h>

#include "assistant/sandbox/file_descriptor.h"
#include "assistant/sandbox/job/job.h"

namespace lemma::assistant {

struct SandboxProcess {
    pid_t pid = -1;
    FileDescriptor exited; // a pidfd: readable when the process has ended
    FileDescriptor output; // stdout of the program
    FileDescriptor errors; // stderr
    FileDescriptor status; // the inner helper's reports (inner.h)
};

// `self`: see bubblewrapCommand. The sandbox dies with the calling thread, whatever ends it.
engine::Result<SandboxProcess> startSandbox(const Job& job, int self);

} // namespace lemma::assistant
