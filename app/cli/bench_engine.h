#pragma once
// How fast a model reads and writes on this machine: the forward pass alone, as the engine thread calls it.

#include <string>
#include <vector>

#include "app/cli/adapter_options.h"
#include "app/cli/cli.h"

namespace lemma::app {

struct EngineBenchOptions {
    std::string model;
    AdapterOptions adapters;
    int prompt = 512;  // tokens to read
    int generate = 64; // tokens to write after them, greedily
    int threads = 0;
    int repetitions = 3;
    bool json = false;
};

engine::Result<int> benchEngine(const EngineBenchOptions& options, CommandContext& context);

} // namespace lemma::app
