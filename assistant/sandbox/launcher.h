#pragma once
// Starts the runner for one Job and collects what comes of it.

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "assistant/sandbox/job/job.h"
#include "assistant/sandbox/live_input.h"

namespace lemma::assistant {

struct JobOutcome {
    JobResult result;
    std::string output;
    std::string errors;
    std::string artifact; // empty where none was asked for or made
};

// Of a job that is watched while it runs; each may be empty.
struct LiveStreams {
    std::shared_ptr<LiveInput> input;               // instead of Job::input
    std::function<void(std::string_view)> onOutput; // what of stdout is kept, as it comes; on the calling thread
};

// Blocks until the job has ended and nothing of it is left; a stop request ends it within about 50 ms. Any thread.
// Errors are those of our own side (no descriptors, the runner does not start or does not answer); what happens to the
// program is in JobOutcome::result.
engine::Result<JobOutcome> runJob(const std::filesystem::path& runner, const Job& job, std::stop_token stop,
                                  const LiveStreams& live = {});

} // namespace lemma::assistant
