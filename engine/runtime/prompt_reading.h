#pragma once
// From a request to a prompt that the model has read: where every answer begins, and the common beginning of many.
//
//     LEMMA_TRY(PreparedPrompt prompt, preparePrompt(model, request));
//     LEMMA_TRY(auto read, readPrompt(model, prompt.tokens, request.onEvent, stop));   // none: stopped on the way
//     Chain chain({.prompt = prompt.tokens, ...}, std::move(read->sequence));   // and read->logits for its first step

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/grammar/grammar.h"
#include "engine/kv_cache/kv_cache.h"
#include "engine/runtime/generation_service.h"
#include "engine/runtime/token_limits.h"

namespace lemma::engine {

class LoadedModel;

// Tokens that the model reads at once: long enough for the matrix kernels to work at full speed, short enough for Stop
// to be felt at once on a slow machine.
inline constexpr int prefillChunk = 256;

struct PreparedPrompt {
    TemplateFamily family;
    SamplingParameters sampling;
    std::vector<TokenId> tokens;
    bool thoughtOpened = false; // it ends inside a thought
    TokenLimits limits;
    std::shared_ptr<const Grammar> grammar; // of the answer; may be none
    RunRecord run; // what a repetition needs; of an earlier run: with the tokens that are taken over
    std::vector<Intervention> planned;
};

struct ReadPrompt {
    Sequence sequence;
    int reused = 0;            // tokens that were found in the cache
    std::vector<float> logits; // of the last token
};

// InvalidArgument for an empty prompt, one that leaves no room in the context, or a wrong grammar; Unsupported for an
// unknown template.
Result<PreparedPrompt> preparePrompt(const LoadedModel& model, const GenerationRequest& request);

// Sends Prefill events. A prompt that was stopped on the way is kept for the next request as far as it was read.
Result<std::optional<ReadPrompt>> readPrompt(LoadedModel& model, const std::vector<TokenId>& tokens,
                                             const std::function<void(const Event&)>& onEvent,
                                             const std::stop_token& stop);

} // namespace lemma::engine
