#pragma once
// A GenerationService that replays scripts instead of running a model: for tests of whatever talks to a service.
//
//     ScriptedService service;
//     service.enqueue(scriptedAnswer("Half of 10 is 5.", "The answer is **5**.", 20ms));
//     service.submit(std::move(request));   // replayed on the service's own thread
//
// Each request takes the next script; when none is left, it is answered with Internal. Between two steps a stop request
// is noticed at once and ends the script as Cancelled, with the usage of what was sent. Destruction stops the running
// request and the waiting ones: each still gets its onFinished. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/runtime/generation_service.h"

namespace lemma::tests {

struct ScriptedStep {
    explicit ScriptedStep(engine::Event theEvent, std::chrono::milliseconds theDelay = {})
        : event(std::move(theEvent)), delay(theDelay)
    {
    }

    engine::Event event;
    std::chrono::milliseconds delay; // before the event
};

struct Script {
    std::vector<ScriptedStep> steps;
    engine::Result<engine::GenerationSummary> result;
};

// Loading, prefill, then the thought and the answer word by word, one token a word, `delay` before each; ends with Eos.
// No thought: no ThoughtDelta and no ThoughtEnd.
Script scriptedAnswer(std::string_view thought, std::string_view answer, std::chrono::milliseconds delay = {});

// A script that sends nothing and fails.
Script scriptedFailure(engine::ErrorCode code, std::string message);

class ScriptedService : public engine::GenerationService {
public:
    ScriptedService();
    ~ScriptedService() override;

    void enqueue(Script script);
    void submit(engine::GenerationRequest request) override;

    // What has been submitted so far, callbacks included: for checks of conversation, sampling and limits.
    std::vector<engine::GenerationRequest> requests() const;

private:
    void run(const std::stop_token& stop);
    engine::Result<engine::GenerationSummary> play(const engine::GenerationRequest& request, const Script& script,
                                                   const std::stop_token& serviceStop);
    // False when either asks to stop before the time is over.
    bool wait(std::chrono::milliseconds time, const std::stop_token& request, const std::stop_token& service);

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Script> m_scripts;
    std::deque<engine::GenerationRequest> m_waiting;
    std::vector<engine::GenerationRequest> m_requests;
    std::jthread m_thread; // last: it uses all the others
};

} // namespace lemma::tests
