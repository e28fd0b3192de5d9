#pragma once
// Two processes supervise a run, so that either may be killed at any moment without leaving anything behind.
//
// bubblewrap ends with its parent, but not in the first milliseconds: until its process 1 has asked the kernel for
// that, a parent that dies leaves it running. So the supervisor has a parent that does nothing but wait: dies the
// supervisor, the guardian inherits whatever it was supervising and ends it; dies the guardian, the supervisor is told
// and ends the run.

#include <functional>

namespace lemma::assistant {

// Runs `supervise` in a child process and returns its exit code once nothing below is alive. The child gets SIGTERM
// when this process dies.
int guarded(const std::function<int()>& supervise);

} // namespace lemma::assistant
