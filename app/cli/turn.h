#pragma once
// One question and its answer: submits the request, hands the events to the calling thread, and waits for the end.
//
// The service is never held up by a slow terminal: its events queue up here.

#include <functional>
#include <memory>

#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "engine/history/recorder.h"

namespace lemma::app {

struct TurnOutcome {
    engine::RecordedTurn recorded; // zeros where nothing is recorded
    engine::Result<engine::GenerationSummary> result;
};

struct Turn {
    engine::GenerationService& service;
    engine::SessionRecorder* recorder = nullptr; // none: nothing is stored
    Interrupts& interrupts;
    Console& console; // when its reader goes away, the answer is stopped
    std::function<void(const engine::RecordedTurn&)> onStarted;
    std::function<void(const engine::Event&)> onEvent;

    // Fails only where the question cannot be stored.
    engine::Result<TurnOutcome> run(const engine::TurnRequest& turn, engine::GenerationRequest request) const;
};

// Opens the recorder for conversations that are to be stored; none with a warning where the history cannot be opened.
std::unique_ptr<engine::SessionRecorder> openRecorder(bool wanted, Console& console);

} // namespace lemma::app
