#include <QTest>

#include "engine/history/journal.h"
#include "tests/engine/history/store_fixture.h"

using namespace lemma::engine;
using namespace lemma::tests;
using namespace std::chrono_literals;

class JournalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesWhenTheOldestTextIsDue()
    {
        const StoreFixture fixture;
        HistoryStore store = fixture.open();
        const SessionId session = *store.createSession(SessionKind::Ask, "t", "m");
        const MessageId answer = *store.beginAnswer(*store.addMessage(session, {}, {Role::User, "q", ""}), "m", {});
        std::chrono::steady_clock::time_point now{};
        Journal journal(store, answer, [&now] { return now; });
        const auto stored = [&] { return store.message(answer)->message; };

        QVERIFY(journal.writeIfDue()); // nothing yet
        journal.add(Loading{1});
        journal.add(ThoughtDelta{"one ", {}});
        now += Journal::interval / 2;
        journal.add(ThoughtDelta{"two", {}});
        QVERIFY(journal.writeIfDue());
        QCOMPARE(stored().thought, std::string());
        now += Journal::interval / 2;
        QVERIFY(journal.writeIfDue()); // due by the first piece, not by the last
        QCOMPARE(stored().thought, std::string("one two"));
        now += 1h;
        journal.add(AnswerDelta{"an", {}});
        QVERIFY(journal.writeIfDue());
        QCOMPARE(stored().content, std::string());
        journal.add(AnswerDelta{"swer", {}});
        QVERIFY(journal.finish(EndReason::Eos, {}));
        QCOMPARE(stored().content, std::string("answer"));
        QCOMPARE(stored().thought, std::string("one two"));
    }

    void aDeletedSessionEndsQuietly()
    {
        const StoreFixture fixture;
        HistoryStore store = fixture.open();
        const SessionId session = *store.createSession(SessionKind::Ask, "t", "m");
        Journal journal(store, *store.beginAnswer(*store.addMessage(session, {}, {Role::User, "q", ""}), "m", {}));
        QVERIFY(store.deleteSession(session));
        journal.add(ThoughtDelta{"late", {}});
        QVERIFY(journal.write().error().code == ErrorCode::NotFound);
        QVERIFY(journal.finish(EndReason::Eos, {}).error().code == ErrorCode::NotFound);
        QVERIFY(store.checkIntegrity());
    }
};

QTEST_APPLESS_MAIN(JournalTest)
#include "journal_test.moc"
