#include "tests/support/scripted_service.h"

#include <algorithm>
#include <utility>

namespace lemma::tests {
namespace {

using namespace lemma::engine;

// "a b  c" as "a", " b", "  c": the pieces joined are the text.
std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t word = text.find_first_not_of(' ', begin);
        std::size_t end = word == std::string_view::npos ? text.size() : text.find(' ', word);
        end = std::min(end, text.size());
        out.emplace_back(text.substr(begin, end - begin));
        begin = end;
    }
    return out;
}

void count(Usage& usage, const Event& event)
{
    if (std::holds_alternative<ThoughtDelta>(event))
        ++usage.thoughtTokens;
    else if (std::holds_alternative<AnswerDelta>(event))
        ++usage.answerTokens;
    else if (const auto* prefill = std::get_if<Prefill>(&event))
        usage.promptTokens = prefill->total;
}

} // namespace

Script scriptedAnswer(std::string_view thought, std::string_view answer, std::chrono::milliseconds delay)
{
    constexpr int promptTokens = 20;
    Script script;
    script.steps = {ScriptedStep(Loading{0.5f}, delay), ScriptedStep(Loading{1.0f}, delay),
                    ScriptedStep(Prefill{promptTokens, promptTokens, 0}, delay)};
    int position = promptTokens;
    Usage usage;
    usage.promptTokens = promptTokens;
    for (const std::string& word : words(thought)) {
        script.steps.emplace_back(ThoughtDelta{word, {position, position + 1}}, delay);
        ++position;
        ++usage.thoughtTokens;
    }
    if (usage.thoughtTokens > 0)
        script.steps.emplace_back(ThoughtEnd{usage.thoughtTokens});
    for (const std::string& word : words(answer)) {
        script.steps.emplace_back(AnswerDelta{word, {position, position + 1}}, delay);
        ++position;
        ++usage.answerTokens;
    }
    usage.decodeTime = delay * (usage.thoughtTokens + usage.answerTokens);
    script.result = GenerationSummary{EndReason::Eos, usage, false};
    return script;
}

Script scriptedFailure(ErrorCode code, std::string message) { return {{}, fail(code, std::move(message))}; }

// Only what is known without a model.
static RunRecord recordOf(const GenerationRequest& request)
{
    RunRecord run;
    if (!request.sampling)
        run.sampling.seed = request.seed;
    run.sampling = request.overrides.appliedTo(request.sampling.value_or(run.sampling));
    run.limits = request.limits;
    return run;
}

ScriptedService::ScriptedService() : m_thread([this](const std::stop_token& stop) { run(stop); }) {}

ScriptedService::~ScriptedService()
{
    m_thread.request_stop();
    m_thread.join();
    for (GenerationRequest& request : m_waiting)
        request.onFinished(GenerationSummary{EndReason::Cancelled, {}, false});
}

void ScriptedService::enqueue(Script script)
{
    const std::scoped_lock lock(m_mutex);
    m_scripts.push_back(std::move(script));
}

void ScriptedService::submit(GenerationRequest request)
{
    const std::scoped_lock lock(m_mutex);
    m_requests.push_back(request);
    m_waiting.push_back(std::move(request));
    m_wake.notify_all();
}

std::vector<GenerationRequest> ScriptedService::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

void ScriptedService::run(const std::stop_token& stop)
{
    while (true) {
        GenerationRequest request;
        Script script = scriptedFailure(ErrorCode::Internal, "the scripted service has no script left");
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); }))
                return;
            if (stop.stop_requested())
                return; // the destructor answers what still waits
            request = std::move(m_waiting.front());
            m_waiting.pop_front();
            if (!m_scripts.empty()) {
                script = std::move(m_scripts.front());
                m_scripts.pop_front();
            }
        }
        request.onFinished(play(request, script, stop));
    }
}

Result<GenerationSummary> ScriptedService::play(const GenerationRequest& request, const Script& script,
                                                const std::stop_token& serviceStop)
{
    if (request.onRun)
        request.onRun(RunBegun{recordOf(request)});
    Usage usage;
    for (const ScriptedStep& step : script.steps) {
        if (!wait(step.delay, request.stop, serviceStop))
            return GenerationSummary{EndReason::Cancelled, usage, false};
        count(usage, step.event);
        if (request.onEvent)
            request.onEvent(step.event);
    }
    if (request.stop.stop_requested())
        return GenerationSummary{EndReason::Cancelled, usage, false};
    return script.result;
}

bool ScriptedService::wait(std::chrono::milliseconds time, const std::stop_token& request,
                           const std::stop_token& service)
{
    const std::stop_callback wakeUp(request, [this] {
        const std::scoped_lock lock(m_mutex);
        m_wake.notify_all();
    });
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, service, time, [&request] { return request.stop_requested(); });
    return !request.stop_requested() && !service.stop_requested();
}

} // namespace lemma::tests
