#include "tests/support/asked_engine.h"

#include <condition_variable>
#include <mutex>

namespace lemma::tests {

using namespace engine;

Outcome askEngine(GenerationService& service, GenerationRequest request,
                  const std::function<void(const RunEvent&)>& also)
{
    Outcome outcome;
    std::mutex mutex;
    std::condition_variable done;
    bool finished = false;
    request.onEvent = [&](const Event& event) {
        if (const auto* thought = std::get_if<ThoughtDelta>(&event))
            outcome.thought += thought->text;
        else if (const auto* answer = std::get_if<AnswerDelta>(&event))
            outcome.answer += answer->text;
        else if (std::holds_alternative<Prefill>(event))
            outcome.readPrompt = true;
    };
    request.onRun = [&](const RunEvent& event) {
        apply(outcome.run, event);
        if (also)
            also(event);
    };
    request.onFinished = [&](Result<GenerationSummary> result) {
        const std::scoped_lock lock(mutex);
        outcome.result = std::move(result);
        finished = true;
        done.notify_all();
    };
    service.submit(std::move(request));
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return finished; });
    return outcome;
}

} // namespace lemma::tests
