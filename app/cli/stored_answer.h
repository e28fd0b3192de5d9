#pragma once
// An answer of the history that a command is about, and the steps of its thought with their places.

#include <optional>
#include <vector>

#include "engine/history/history_store.h"
#include "tutor/trace/step.h"

namespace CLI {
class App;
}

namespace lemma::app {

// Which one, and with how many threads it is taken up: --session, --message and --threads.
struct StoredAnswerOptions {
    engine::SessionId session = 0;
    std::optional<engine::MessageId> message;
    int threads = 0;

    void addTo(CLI::App& command);
};

struct StoredAnswer {
    engine::StoredMessage message;
    engine::RunRecord run;
};

// The answer with this number (of `history export`), or the last one of the session's shown branch. NotFound where
// there is none, or no record of how it was made.
engine::Result<StoredAnswer> storedAnswer(const engine::HistoryStore& store, engine::SessionId session,
                                          const std::optional<engine::MessageId>& message);

// Where step `step` (0 is the first) of the answer's thought begins.
struct StepPlace {
    int keep = 0;       // tokens before it
    std::string before; // text before it that these tokens do not hold: its first token began in the step before
    std::string space;  // white space that the step ended with
};
// Reads the tokenizer of the answer's model.
engine::Result<StepPlace> stepPlace(const StoredAnswer& answer, int step);

} // namespace lemma::app
