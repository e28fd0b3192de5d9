#include <future>

#include <QTest>

#include "engine/history/recorder.h"
#include "tests/engine/history/store_fixture.h"
#include "tests/support/scripted_service.h"

using namespace lemma::engine;
using namespace lemma::tests;
using namespace std::chrono_literals;

namespace {

struct Asked {
    RecordedTurn turn;
    std::future<Result<GenerationSummary>> result;
};

Asked ask(SessionRecorder& recorder, ScriptedService& service, const TurnRequest& turn, std::stop_token stop = {})
{
    auto promise = std::make_shared<std::promise<Result<GenerationSummary>>>();
    GenerationRequest request;
    request.model = "/models/r1.gguf";
    request.stop = std::move(stop);
    request.onFinished = [promise](Result<GenerationSummary> result) { promise->set_value(std::move(result)); };
    const RecordedTurn recorded = recorder.begin(turn, request).value();
    service.submit(std::move(request));
    return {recorded, promise->get_future()};
}

TurnRequest question(std::string text)
{
    TurnRequest turn;
    turn.text = std::move(text);
    return turn;
}

} // namespace

class RecorderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aConversationIsStoredAndHandedOn()
    {
        const StoreFixture fixture;
        auto recorder = *SessionRecorder::open(fixture.path(), {});
        ScriptedService service;
        service.enqueue(scriptedAnswer("half of ten", "Five."));
        service.enqueue(scriptedAnswer("", "Because."));
        service.enqueue(scriptedAnswer("again", "Since 5 + 5 = 10."));
        Asked first = ask(*recorder, service, question("Half of 10?"));
        QVERIFY(first.result.get()->reason == EndReason::Eos);
        const HistoryStore store = fixture.open();
        // onFinished means stored.
        QCOMPARE(store.message(first.turn.answer)->message.content, std::string("Five."));
        QCOMPARE(store.message(first.turn.answer)->message.thought, std::string("half of ten"));
        QCOMPARE(store.message(first.turn.answer)->usage->thoughtTokens, 3);
        QCOMPARE(store.session(first.turn.session)->title, std::string("Half of 10?"));

        TurnRequest why = question("Why?");
        why.session = first.turn.session;
        Asked second = ask(*recorder, service, why);
        QVERIFY(second.result.get());
        const Conversation sent = service.requests()[1].conversation;
        QCOMPARE(sent.size(), std::size_t{3});
        QCOMPARE(sent[1].content, std::string("Five."));
        QCOMPARE(sent[2].content, std::string("Why?"));

        TurnRequest otherAnswer;
        otherAnswer.answerTo = second.turn.question;
        Asked again = ask(*recorder, service, otherAnswer);
        QVERIFY(again.result.get());
        QCOMPARE(service.requests()[2].conversation.size(), std::size_t{3});
        QCOMPARE(again.turn.question, second.turn.question);
        QCOMPARE(store.messages(first.turn.session)->size(), std::size_t{5});
        QCOMPARE(store.activeBranch(first.turn.session)->back().id, again.turn.answer);
    }

    void theQuestionIsStoredBeforeAnythingIsGenerated()
    {
        const StoreFixture fixture;
        auto recorder = *SessionRecorder::open(fixture.path(), {});
        GenerationRequest request;
        const RecordedTurn turn = *recorder->begin(question("Half of 10?"), request);
        QCOMPARE(fixture.open().message(turn.question)->message.content, std::string("Half of 10?"));
        QCOMPARE(request.conversation.size(), std::size_t{1});
        request.onFinished(GenerationSummary{}); // a service that ends at once
    }

    void textIsJournalledWhileItGrows()
    {
        const StoreFixture fixture;
        auto recorder = *SessionRecorder::open(fixture.path(), {});
        ScriptedService service;
        Script script = scriptedAnswer("one two", "x");
        script.steps.back().delay = 1h;
        service.enqueue(std::move(script));
        std::stop_source stop;
        Asked asked = ask(*recorder, service, question("q"), stop.get_token());
        const HistoryStore store = fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(store.message(asked.turn.answer)->message.thought, std::string("one two"), 2000);
        stop.request_stop();
        QVERIFY(asked.result.get()->reason == EndReason::Cancelled);
        QVERIFY(store.message(asked.turn.answer)->endReason == EndReason::Cancelled);
    }

    void failureEndsTheAnswerAsError()
    {
        const StoreFixture fixture;
        auto recorder = *SessionRecorder::open(fixture.path(), {});
        ScriptedService service;
        service.enqueue(scriptedFailure(ErrorCode::OutOfMemory, "too large"));
        Asked asked = ask(*recorder, service, question("q"));
        QVERIFY(asked.result.get().error().code == ErrorCode::OutOfMemory);
        QVERIFY(fixture.open().message(asked.turn.answer)->endReason == EndReason::Error);
    }

    void deletingTheSessionDoesNotDisturbTheAnswer()
    {
        const StoreFixture fixture;
        auto recorder = *SessionRecorder::open(fixture.path(), {});
        ScriptedService service;
        service.enqueue(scriptedAnswer("a b c d", "e", 150ms));
        Asked asked = ask(*recorder, service, question("q"));
        HistoryStore store = fixture.open();
        QVERIFY(store.deleteSession(asked.turn.session));
        QVERIFY(asked.result.get()->reason == EndReason::Eos);
        QVERIFY(store.sessions()->empty());
    }

    void wrongSessionIsAnError()
    {
        const StoreFixture fixture;
        auto recorder = *SessionRecorder::open(fixture.path(), {});
        GenerationRequest request;
        TurnRequest turn = question("q");
        turn.session = 12;
        QVERIFY(recorder->begin(turn, request).error().code == ErrorCode::NotFound);
        turn.answerTo = 12;
        QVERIFY(recorder->begin(turn, request).error().code == ErrorCode::NotFound);
    }

    void aRecorderThatGoesFirstKeepsWhatThereIs()
    {
        const StoreFixture fixture;
        auto recorder = *SessionRecorder::open(fixture.path(), {});
        ScriptedService service;
        Script script = scriptedAnswer("one two", "x");
        script.steps.back().delay = 800ms;
        service.enqueue(std::move(script));
        Asked asked = ask(*recorder, service, question("q"));
        QTest::qSleep(100);
        recorder.reset();
        const StoredMessage answer = *fixture.open().message(asked.turn.answer);
        QVERIFY(answer.endReason == EndReason::Crash);
        QCOMPARE(answer.message.thought, std::string("one two"));
        QVERIFY(asked.result.get()->reason == EndReason::Eos); // from the service's thread
    }
};

QTEST_APPLESS_MAIN(RecorderTest)
#include "recorder_test.moc"
