#include "engine/runtime/request_hooks.h"

#include "engine/runtime/answer_filter.h"
#include "engine/runtime/limit_steering.h"
#include "engine/runtime/loaded_model.h"
#include "engine/runtime/lookup_drafter.h"
#include "engine/runtime/model_drafter.h"

namespace lemma::engine {

Result<DecodeHooks> makeHooks(const LoadedModel& model, const GenerationRequest& request, const PreparedPrompt& prompt)
{
    DecodeHooks hooks;
    hooks.steering = std::make_unique<LimitSteering>(
        model.tokenizer(), prompt.limits,
        SteeringOptions{prompt.run.limits, request.answerNow, prompt.run.thinkIn,
                        std::deque<Intervention>(prompt.planned.begin(), prompt.planned.end()),
                        request.earlier && request.earlier->repeat, request.clock});
    if (prompt.grammar)
        hooks.filter =
            std::make_unique<AnswerFilter>(prompt.grammar, model.vocabulary(), model.tokenizer(), prompt.thoughtOpened);
    if (!request.drafting.model.empty() && model.draft())
        hooks.drafter = std::make_unique<ModelDrafter>(*model.draft(), prompt.limits);
    else if (request.drafting.lookup)
        hooks.drafter = std::make_unique<LookupDrafter>(prompt.limits);
    return hooks;
}

} // namespace lemma::engine
