#include "app/cli/turn.h"

#include <condition_variable>
#include <deque>
#include <mutex>

#include <fmt/format.h>

namespace lemma::app {
namespace {

using namespace lemma::engine;

// Between the service's thread and ours.
struct Mailbox {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Event> events;
    std::optional<Result<GenerationSummary>> result;

    void post(const Event& event)
    {
        const std::scoped_lock lock(mutex);
        events.push_back(event);
        wake.notify_one();
    }
    void finish(Result<GenerationSummary> outcome)
    {
        const std::scoped_lock lock(mutex);
        result = std::move(outcome);
        wake.notify_one();
    }
    // Waits for events; none any more once the result is there.
    std::deque<Event> take()
    {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return !events.empty() || result; });
        return std::exchange(events, {});
    }
};

} // namespace

Result<TurnOutcome> Turn::run(const TurnRequest& turn, GenerationRequest request) const
{
    std::stop_source stop;
    const Interrupts::Scope scope(interrupts, stop);
    auto mailbox = std::make_shared<Mailbox>();
    request.stop = stop.get_token();
    request.onEvent = [mailbox](const Event& event) { mailbox->post(event); };
    request.onFinished = [mailbox](Result<GenerationSummary> result) { mailbox->finish(std::move(result)); };

    TurnOutcome outcome;
    if (recorder) {
        LEMMA_TRY(outcome.recorded, recorder->begin(turn, request));
    } else if (request.conversation.empty() || request.conversation.back().role != Role::User) {
        request.conversation.push_back({Role::User, turn.text, ""});
    }
    if (onStarted)
        onStarted(outcome.recorded);
    service.submit(std::move(request));

    for (std::deque<Event> events = mailbox->take(); !events.empty(); events = mailbox->take()) {
        for (const Event& event : events)
            onEvent(event);
        if (console.closed())
            stop.request_stop();
    }
    outcome.result = std::move(*mailbox->result);
    return outcome;
}

std::unique_ptr<SessionRecorder> openRecorder(bool wanted, Console& console)
{
    if (!wanted)
        return nullptr;
    Result<std::unique_ptr<SessionRecorder>> recorder = SessionRecorder::open(defaultHistoryPath(), {});
    if (recorder)
        return std::move(*recorder);
    console.warn(fmt::format("the conversation is not stored: {}", recorder.error().message));
    return nullptr;
}

} // namespace lemma::app
