#pragma once
// `ask --chains 8 --vote` and `ask --best-of 4 --score format`: several chains for one question.

#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/runtime/consensus.h"

namespace CLI {
class App;
}

namespace lemma::app {

struct ChainOptions {
    std::optional<int> chains;
    std::optional<int> bestOf;
    bool vote = false;
    bool all = false;
    std::string score = "format";
    std::string expected;

    void addTo(CLI::App& command);

    // None where one chain was asked for. InvalidArgument for options that do not go together.
    engine::Result<std::optional<engine::ConsensusOptions>> consensus() const;
};

} // namespace lemma::app
