#include "assistant/repair/service_asker.h"

#include <algorithm>
#include <future>
#include <memory>
#include <variant>

namespace lemma::assistant {

using namespace lemma::engine;

namespace {

struct Answered {
    std::string answer;
    Result<GenerationSummary> summary;
};

// Written by the service's thread until the promise is kept, read by the caller's after it.
struct Talk {
    std::string answer;
    std::promise<Result<GenerationSummary>> end;
};

Answered ask(GenerationService& service, GenerationRequest request, const std::function<void(const Event&)>& onEvent)
{
    const auto talk = std::make_shared<Talk>();
    request.onEvent = [talk, onEvent](const Event& event) {
        if (const auto* delta = std::get_if<AnswerDelta>(&event))
            talk->answer += delta->text;
        if (onEvent)
            onEvent(event);
    };
    request.onFinished = [talk](Result<GenerationSummary> result) { talk->end.set_value(std::move(result)); };
    std::future<Result<GenerationSummary>> end = talk->end.get_future();
    service.submit(std::move(request));
    Result<GenerationSummary> summary = end.get();
    return {std::move(talk->answer), std::move(summary)};
}

GenerationRequest requestFor(const CodingQuestion& question, GenerationRequest request)
{
    request.conversation = {{Role::User, question.prompt, ""}};
    request.seed = question.seed;
    if (request.sampling)
        request.sampling->seed = question.seed;
    if (question.temperature)
        request.overrides.temperature = *question.temperature;
    request.limits.maxTokens = static_cast<int>(
        std::min<std::int64_t>(request.limits.maxTokens, std::max<std::int64_t>(question.maxTokens, 1)));
    if (question.samples > 1 && question.score) {
        ConsensusOptions best;
        best.chains = question.samples;
        best.score = [score = question.score](const ChainText& chain) {
            return chain.thoughtClosed ? score(chain.answer) : -1.0;
        };
        best.goodEnough = 1.0;
        request.consensus = std::move(best);
    }
    return request;
}

} // namespace

AskModel askService(GenerationService& service, GenerationRequest base, std::function<void(const Event&)> onEvent)
{
    return [&service, base = std::move(base), onEvent = std::move(onEvent)](
               const CodingQuestion& question, std::stop_token stop) -> Result<CodingAnswer> {
        GenerationRequest request = requestFor(question, base);
        request.stop = std::move(stop);
        Answered answered = ask(service, std::move(request), onEvent);
        if (!answered.summary)
            return fail(answered.summary.error());
        const GenerationSummary& summary = *answered.summary;
        if (summary.reason == EndReason::Cancelled)
            return fail(ErrorCode::Cancelled, "stopped");
        CodingAnswer answer;
        answer.text = std::move(answered.answer);
        answer.tokens =
            summary.consensus ? summary.consensus->tokens : summary.usage.thoughtTokens + summary.usage.answerTokens;
        answer.isComplete = summary.reason == EndReason::Eos || summary.reason == EndReason::Stop;
        return answer;
    };
}

} // namespace lemma::assistant
