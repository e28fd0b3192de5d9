#include <future>
#include <memory>

#include <QTest>

#include "tests/support/scripted_service.h"

using namespace lemma::engine;
using namespace lemma::tests;
using namespace std::chrono_literals;

namespace {

struct Outcome {
    std::string thought, answer;
    Result<GenerationSummary> result;
};

// Submits a request and hands back what it told.
std::future<Outcome> start(ScriptedService& service, std::stop_token stop = {})
{
    auto outcome = std::make_shared<Outcome>();
    auto promise = std::make_shared<std::promise<Outcome>>();
    GenerationRequest request;
    request.stop = std::move(stop);
    request.onEvent = [outcome](const Event& event) {
        if (const auto* thought = std::get_if<ThoughtDelta>(&event))
            outcome->thought += thought->text;
        if (const auto* answer = std::get_if<AnswerDelta>(&event))
            outcome->answer += answer->text;
    };
    request.onFinished = [outcome, promise](Result<GenerationSummary> result) {
        outcome->result = std::move(result);
        promise->set_value(*outcome);
    };
    service.submit(std::move(request));
    return promise->get_future();
}

} // namespace

class ScriptedServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void replaysTheScriptsInOrder()
    {
        ScriptedService service;
        service.enqueue(scriptedAnswer("think  twice", " The answer"));
        service.enqueue(scriptedFailure(ErrorCode::OutOfMemory, "too large"));
        auto first = start(service), second = start(service), third = start(service);
        const Outcome outcome = first.get();
        QCOMPARE(outcome.thought, std::string("think  twice"));
        QCOMPARE(outcome.answer, std::string(" The answer"));
        QVERIFY(outcome.result && outcome.result->reason == EndReason::Eos);
        QCOMPARE(outcome.result->usage.answerTokens, 2);
        QVERIFY(second.get().result.error().code == ErrorCode::OutOfMemory);
        QVERIFY(third.get().result.error().code == ErrorCode::Internal); // no script left
        QCOMPARE(service.requests().size(), std::size_t{3});
    }

    void stopIsNoticedWhileWaitingAndBeforeTheStart()
    {
        ScriptedService service;
        service.enqueue(scriptedAnswer("a", "b", 1h));
        service.enqueue(scriptedAnswer("a", "b"));
        std::stop_source stop;
        auto first = start(service, stop.get_token());
        QVERIFY(first.wait_for(50ms) == std::future_status::timeout);
        stop.request_stop();
        QVERIFY(first.get().result->reason == EndReason::Cancelled);
        QVERIFY(start(service, stop.get_token()).get().result->reason == EndReason::Cancelled);
    }

    void everyRequestIsFinishedAtDestruction()
    {
        std::future<Outcome> running, waiting;
        {
            ScriptedService service;
            service.enqueue(scriptedAnswer("a", "b", 1h));
            running = start(service);
            waiting = start(service);
        }
        QVERIFY(running.get().result->reason == EndReason::Cancelled);
        QVERIFY(waiting.get().result->reason == EndReason::Cancelled);
    }
};

QTEST_APPLESS_MAIN(ScriptedServiceTest)
#include "scripted_service_test.moc"
