#pragma once
// Sends one request, shows the answer as it comes, and tells the exit code: what `ask` and `branch` have in common.

#include "app/cli/cli.h"
#include "engine/history/recorder.h"

namespace lemma::app {

// How an answer is shown: --json and --thought.
struct AnswerDisplay {
    bool json = false;
    std::string thought = "auto"; // show, hide, or auto: shown on a terminal

    void addTo(CLI::App& command);
};

struct AnswerRun {
    engine::TurnRequest turn;
    engine::GenerationRequest request;
    AnswerDisplay display;
    bool noHistory = false;
    EngineSettings engine;
};

engine::Result<int> runAnswer(AnswerRun run, CommandContext& context);

} // namespace lemma::app
