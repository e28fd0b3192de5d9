#pragma once
// Starts the runner for one Job and collects what comes of it.

#include <filesystem>
#include <stop_token>
#include <string>

#include "assistant/sandbox/job/job.h"

namespace lemma::assistant {

struct JobOutcome {
    JobResult result;
    std::string output;
    std::string errors;
    std::string artifact; // empty where none was asked for or made
};

// Blocks until the job has ended and nothing of it is left; a stop request ends it within about 50 ms. Any thread.
// Errors are those of our own side (no descriptors, the runner does not start or does not answer); what happens to the
// program is in JobOutcome::result.
engine::Result<JobOutcome> runJob(const std::filesystem::path& runner, const Job& job, std::stop_token stop);

} // namespace lemma::assistant
