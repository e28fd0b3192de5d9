#pragma once
// Asks a GenerationService for programs: what the repair loop (repair_loop.h) needs of an engine.

#include <functional>

#include "assistant/repair/repair_loop.h"
#include "engine/runtime/generation_service.h"

namespace lemma::assistant {

// `base`: the model, its limits and sampling; conversation, seed and callbacks are set for each question. Several
// samples are chains of one prefill, and the best by score is taken. `onEvent` hears what the service tells meanwhile,
// on its thread. The service must outlive the function.
AskModel askService(engine::GenerationService& service, engine::GenerationRequest base,
                    std::function<void(const engine::Event&)> onEvent = {});

} // namespace lemma::assistant
