#pragma once
// A checker: a program that decides where several outputs are right. It finds the files `input`, `expected` and
// `output` beside itself and ends with 0 (accepted) or 1 (rejected; what it prints is the reason). It runs in a sandbox
// of its own.

#include <stop_token>
#include <string>

#include "assistant/judge/comparator.h"
#include "assistant/sandbox/sandbox.h"

namespace lemma::assistant {

struct CheckerInput {
    std::string input;
    std::string expected;
    std::string output;
};

// InvalidArgument where the checker itself fails: that is not the solution's fault.
engine::Result<Comparison> runChecker(const Sandbox& sandbox, const Comparator& checker, const CheckerInput& files,
                                      std::stop_token stop);

} // namespace lemma::assistant
