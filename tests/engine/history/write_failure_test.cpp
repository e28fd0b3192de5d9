// The disk fills up at every possible moment of a session's life: no crash, a clear error, nothing lost that was
// reported as stored.
#include <QTest>

#include "engine/history/recorder.h"
#include "tests/engine/history/failing_vfs.h"
#include "tests/engine/history/store_fixture.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

// What the store confirmed before the disk failed.
struct Confirmed {
    std::optional<SessionId> session;
    std::optional<MessageId> question, answer;
    std::string thought;
    bool finished = false;
    std::optional<Error> error;
};

Confirmed live(const std::string& path)
{
    Confirmed confirmed;
    const auto run = [&]() -> Result<void> {
        LEMMA_TRY(HistoryStore store, HistoryStore::open(path));
        LEMMA_TRY(confirmed.session, store.createSession(SessionKind::Tutor, "title", "m"));
        LEMMA_TRY(confirmed.question, store.addMessage(*confirmed.session, {}, {Role::User, "question", ""}));
        LEMMA_TRY(confirmed.answer, store.beginAnswer(*confirmed.question, "m", SamplingParameters{}));
        for (int i = 0; i < 5; ++i) {
            const std::string piece(3000, static_cast<char>('a' + i));
            LEMMA_CHECK(store.appendAnswer(*confirmed.answer, piece, ""));
            confirmed.thought += piece;
        }
        LEMMA_CHECK(store.finishAnswer(*confirmed.answer, EndReason::Eos, Usage{}));
        confirmed.finished = true;
        return {};
    };
    if (const Result<void> result = run(); !result)
        confirmed.error = result.error();
    return confirmed;
}

// The first thing that is missing; empty: nothing.
QString missing(const HistoryStore& store, const Confirmed& confirmed)
{
    if (!store.checkIntegrity())
        return "integrity";
    if (confirmed.session && !store.session(*confirmed.session))
        return "session";
    if (confirmed.question && store.message(*confirmed.question)->message.content != "question")
        return "question";
    if (!confirmed.answer)
        return {};
    const auto answer = store.message(*confirmed.answer);
    if (!answer || !answer->endReason)
        return "answer";
    if (!answer->message.thought.starts_with(confirmed.thought))
        return "thought";
    if (confirmed.finished && answer->endReason != EndReason::Eos)
        return "end reason";
    return {};
}

} // namespace

class WriteFailureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { FailingVfs::install(); }
    void cleanup() { FailingVfs::disarm(); }

    void theDiskFillsAtEveryWrite()
    {
        int failures = 0;
        for (int n = 0;; ++n) {
            const StoreFixture fixture;
            FailingVfs::failAfter(n);
            const Confirmed confirmed = live(fixture.path());
            const bool fired = FailingVfs::fired();
            FailingVfs::disarm();
            if (confirmed.error)
                QVERIFY2(confirmed.error->code == ErrorCode::Io, confirmed.error->message.c_str());
            const auto store = HistoryStore::open(fixture.path());
            QVERIFY2(store, qPrintable(QString("does not open after write %1 failed").arg(n)));
            const QString lost = missing(*store, confirmed);
            QVERIFY2(lost.isEmpty(), qPrintable(QString("%1 is lost after write %2 failed").arg(lost).arg(n)));
            if (!fired) {
                QVERIFY(confirmed.finished);
                break;
            }
            ++failures;
        }
        qInfo("the disk was full after 0 to %d writes", failures - 1);
        QVERIFY(failures > 20);
    }

    void theRecorderGoesOnAndCatchesUp()
    {
        const StoreFixture fixture;
        int complaints = 0;
        auto recorder = *SessionRecorder::open(fixture.path(), {[&complaints](const Error&) { ++complaints; }, {}});
        GenerationRequest request;
        std::atomic<bool> finished = false;
        request.onFinished = [&finished](const Result<GenerationSummary>&) { finished = true; };
        TurnRequest turn;
        turn.text = "q";
        const RecordedTurn recorded = *recorder->begin(turn, request);
        FailingVfs::failAfter(0);
        request.onEvent(ThoughtDelta{"kept in memory", {}});
        QTest::qSleep(800); // the journal is due, and fails
        request.onEvent(AnswerDelta{"all of it", {}});
        request.onFinished(GenerationSummary{});
        QTRY_VERIFY_WITH_TIMEOUT(finished, 2000); // a full disk does not hold up the answer
        FailingVfs::disarm();
        recorder.reset();
        QCOMPARE(complaints, 1);
        const HistoryStore store = fixture.open();
        QCOMPARE(store.message(recorded.answer)->message.thought, std::string("kept in memory"));
        QCOMPARE(store.message(recorded.answer)->message.content, std::string("all of it"));
        QVERIFY(store.message(recorded.answer)->endReason == EndReason::Eos);
    }
};

QTEST_APPLESS_MAIN(WriteFailureTest)
#include "write_failure_test.moc"
