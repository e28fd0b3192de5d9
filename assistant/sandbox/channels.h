#pragma once
// The descriptors between the application and the runner of one job (job/job.h).

#include <string>

#include "assistant/sandbox/file_descriptor.h"
#include "assistant/sandbox/job/job.h"

namespace lemma::assistant {

struct ChannelPair {
    FileDescriptor ours;
    FileDescriptor theirs;
};

struct Channels {
    FileDescriptor job;
    ChannelPair output;
    ChannelPair errors;
    ChannelPair control;
    ChannelPair input;       // of a live stdin; ours does not block
    FileDescriptor artifact; // only where the job names one
    FileDescriptor stop;     // an eventfd of ours
};

// All close themselves on exec and lie above the numbers that have a meaning in the runner.
engine::Result<Channels> openChannels(const Job& job);

// All bytes of a memory file, from its beginning.
std::string contentsOf(const FileDescriptor& file);

} // namespace lemma::assistant
