#pragma once
// Answers one request with a loaded model, from its conversation to its end reason. Runs on the engine thread.

#include <stop_token>

#include "engine/runtime/generation_service.h"

namespace lemma::engine {

class LoadedModel;

// Sends Prefill, ThoughtDelta, ThoughtEnd and AnswerDelta events; the caller sends onFinished. Stopping takes at most
// one decode step or one prefill chunk and is no error: the summary says Cancelled.
//
// A thought is never cut off by a limit: when its budget is used up, or when only the answer's share of the new tokens
// or of the context is left, or when it loops, it is closed in words and the model answers.
Result<GenerationSummary> generate(LoadedModel& model, const GenerationRequest& request, const std::stop_token& stop);

} // namespace lemma::engine
