#pragma once
// The options of every command that runs a model with adapters: --lora and --lora-mode.

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/model/adapter_choice.h"

namespace CLI {
class App;
}

namespace lemma::app {

struct AdapterOptions {
    std::vector<std::string> files; // FILE or FILE:SCALE
    std::string mode = "runtime";

    void addTo(CLI::App& command);

    // With absolute paths, so that a stored run finds them again. NotFound where a file is not there.
    engine::Result<engine::AdapterChoices> read() const;
};

} // namespace lemma::app
