#pragma once
// Asks an engine, waits, and collects what it told:
//
//     const Outcome outcome = askEngine(engine, std::move(request));
//     outcome.result, outcome.thought, outcome.answer, outcome.run

#include <functional>
#include <string>

#include "engine/runtime/generation_service.h"

namespace lemma::tests {

struct Outcome {
    std::string thought, answer;
    engine::RunRecord run;
    bool readPrompt = false; // the model began to read the prompt
    engine::Result<engine::GenerationSummary> result = engine::fail(engine::ErrorCode::Internal, "not finished");
};

// `also` hears of the run, on the engine's thread. What the request itself wanted to be called is replaced.
Outcome askEngine(engine::GenerationService& service, engine::GenerationRequest request,
                  const std::function<void(const engine::RunEvent&)>& also = {});

} // namespace lemma::tests
