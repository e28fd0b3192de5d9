#pragma once
// Answers a request that asks for several chains (consensus.h). Runs on the engine thread.

#include <stop_token>

#include "engine/runtime/generation_service.h"

namespace lemma::engine {

class LoadedModel;

// As generate(), for requests with `consensus`. InvalidArgument for fewer than one chain or more than 1024, for a
// temperature of 0, at which all chains would be the same, and for a request that goes on with an earlier run.
Result<GenerationSummary> generateConsensus(LoadedModel& model, const GenerationRequest& request,
                                            const std::stop_token& stop);

} // namespace lemma::engine
