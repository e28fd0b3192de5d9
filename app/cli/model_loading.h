#pragma once
// A model for commands that compute with it directly, without the engine thread.

#include <memory>
#include <stop_token>
#include <string>

#include "app/cli/adapter_options.h"
#include "engine/base/thread_pool.h"
#include "engine/gguf/gguf_file.h"
#include "engine/model/model.h"

namespace lemma::app {

class Console;

struct LoadedWeights {
    std::unique_ptr<engine::ThreadPool> pool;
    std::unique_ptr<engine::Model> model; // before the pool goes
    double seconds = 0;                   // that loading took
};

engine::Result<LoadedWeights> loadWeights(const std::string& wanted, const AdapterOptions& adapters,
                                          engine::Precision precision, int threads, Console& console,
                                          const std::stop_token& stop);

} // namespace lemma::app
