#pragma once
// Which hooks (decode_hooks.h) take part in the writing of a request's chains: the one place where they are put
// together. Something new adds itself here.

#include "engine/runtime/decode_hooks.h"
#include "engine/runtime/prompt_reading.h"

namespace lemma::engine {

// Called once for each chain of the request.
Result<DecodeHooks> makeHooks(const LoadedModel& model, const GenerationRequest& request, const PreparedPrompt& prompt);

} // namespace lemma::engine
