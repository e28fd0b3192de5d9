#include "engine/runtime/request_hooks.h"

#include "engine/runtime/limit_steering.h"
#include "engine/runtime/loaded_model.h"

namespace lemma::engine {

Result<DecodeHooks> makeHooks(const LoadedModel& model, const GenerationRequest&, const PreparedPrompt& prompt)
{
    DecodeHooks hooks;
    hooks.steering = std::make_unique<LimitSteering>(model.tokenizer(), prompt.limits);
    return hooks;
}

} // namespace lemma::engine
