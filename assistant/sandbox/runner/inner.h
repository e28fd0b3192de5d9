#pragma once
// The second role of lemma-sandbox: runs inside the namespaces that bubblewrap made, as the parent of the program.
//
// It locks itself in (resource limits, no_new_privs, Landlock, seccomp), starts the program, waits for it, brings out
// the artifact, and tells the runner what happened through a pipe that the program cannot reach. One JSON document a
// line:
//     {"started":true}                              the program runs
//     {"error":"..."}                               it does not: the sandbox failed
//     {"status":256,"wall":1234,"cpu":567,"peak":8192}   wait status, microseconds, microseconds, bytes of the largest
//     process

#include <string>
#include <vector>

#include "assistant/sandbox/limits.h"

namespace lemma::assistant {

struct InnerConfiguration {
    std::vector<std::string> command;
    std::vector<std::string> readOnlyPaths;
    std::string artifact; // empty: none
    int statusDescriptor = -1;
    int artifactDescriptor = -1;
    Limits limits;
};

std::string encodeInnerConfiguration(const InnerConfiguration& configuration);

// main() of the role. Returns the exit code of the helper, which nobody reads.
int runInner(const char* configuration);

} // namespace lemma::assistant
