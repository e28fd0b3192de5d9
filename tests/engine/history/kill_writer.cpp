// The victim of kill_test: asks a scripted service through the real recorder and tells on stdout what it has shown.
//
//     kill_writer HISTORY SEED
//
// Lines: "asked ANSWER_ID" once the question is stored, then "shown N MICROSECONDS" after each token (N so far), then
// "finished". Times are of the monotonic clock, which parent and child share.
#include <cstdlib>
#include <future>
#include <random>

#include <fmt/format.h>
#include <unistd.h>

#include "engine/history/recorder.h"
#include "tests/engine/history/kill_script.h"
#include "tests/support/scripted_service.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

// One write() each, so that a kill cannot tear a line apart unnoticed.
void say(const std::string& line)
{
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
        ::_exit(3);
}

std::int64_t microseconds()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

Script tokens(unsigned seed)
{
    std::mt19937 random(seed);
    Script script;
    for (int i = 0; i < killScriptTokens; ++i) {
        const std::chrono::milliseconds delay(random() % 8);
        if (i < killScriptThought)
            script.steps.emplace_back(ThoughtDelta{killScriptToken(i), {i, i + 1}}, delay);
        else
            script.steps.emplace_back(AnswerDelta{killScriptToken(i), {i, i + 1}}, delay);
    }
    script.result = GenerationSummary{};
    return script;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    auto recorder = SessionRecorder::open(argv[1], {});
    if (!recorder)
        return 1;
    ScriptedService service;
    service.enqueue(tokens(static_cast<unsigned>(std::atoi(argv[2]))));
    std::promise<void> finished;
    GenerationRequest request;
    request.onEvent = [shown = 0](const Event&) mutable { say(fmt::format("shown {} {}\n", ++shown, microseconds())); };
    request.onFinished = [&finished](const Result<GenerationSummary>&) {
        say("finished\n");
        finished.set_value();
    };
    TurnRequest turn;
    turn.text = "the question";
    const auto recorded = (*recorder)->begin(turn, request);
    if (!recorded)
        return 1;
    say(fmt::format("asked {}\n", recorded->answer));
    service.submit(std::move(request));
    finished.get_future().wait();
    return 0;
}
