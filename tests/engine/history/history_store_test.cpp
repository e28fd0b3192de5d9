#include <QTest>

#include "tests/engine/history/store_fixture.h"

using namespace lemma::engine;
using namespace lemma::tests;

class HistoryStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsSessionsAndMessages()
    {
        const StoreFixture fixture;
        const SessionId id = *fixture.open().createSession(SessionKind::Tutor, "Solve", "/m/r1.gguf");
        HistoryStore store = fixture.open();
        const MessageId question = *store.addMessage(id, {}, {Role::User, "Solve 3x = 6", ""});
        SamplingParameters sampling;
        sampling.temperature = 0.25f;
        sampling.seed = 18446744073709551615ull;
        const MessageId answer = *store.beginAnswer(question, "/m/other.gguf", sampling);
        QVERIFY(store.appendAnswer(answer, "divide ", ""));
        QVERIFY(store.appendAnswer(answer, "by 3", "x = "));
        QCOMPARE(store.message(answer)->message.thought, std::string("divide by 3")); // readable while it grows
        QVERIFY(store.appendAnswer(answer, "", "2"));
        Usage usage;
        usage.thoughtTokens = 7;
        usage.decodeTime = std::chrono::milliseconds(1500);
        QVERIFY(store.finishAnswer(answer, EndReason::Length, usage));

        const HistoryStore again = fixture.open();
        const Session session = *again.session(id);
        QVERIFY(session.kind == SessionKind::Tutor);
        QCOMPARE(session.title, std::string("Solve"));
        QCOMPARE(session.model, std::string("/m/other.gguf"));
        const auto branch = *again.activeBranch(id);
        QCOMPARE(branch.size(), std::size_t{2});
        QCOMPARE(branch[0].message.content, std::string("Solve 3x = 6"));
        QVERIFY(!branch[0].endReason);
        QCOMPARE(branch[1].message.thought, std::string("divide by 3"));
        QCOMPARE(branch[1].message.content, std::string("x = 2"));
        QVERIFY(branch[1].endReason == EndReason::Length);
        QCOMPARE(branch[1].sampling->temperature, 0.25f);
        QCOMPARE(branch[1].sampling->seed, sampling.seed);
        QCOMPARE(branch[1].usage->thoughtTokens, 7);
        QCOMPARE(branch[1].usage->decodeTime.count(), 1.5);
        QVERIFY(again.checkIntegrity());
    }

    void branchesAreAllKept()
    {
        const StoreFixture fixture;
        HistoryStore store = fixture.open();
        const SessionId id = *store.createSession(SessionKind::Ask, "t", "m");
        const MessageId question = *store.addMessage(id, {}, {Role::User, "q", ""});
        const MessageId first = *store.addMessage(id, question, {Role::Assistant, "first", ""});
        const MessageId second = *store.addMessage(id, question, {Role::Assistant, "second", ""});
        const MessageId edited = *store.addMessage(id, {}, {Role::User, "edited q", ""});
        QCOMPARE(store.activeBranch(id)->size(), std::size_t{1});
        QCOMPARE(store.activeBranch(id)->back().id, edited);
        QVERIFY(store.setActiveMessage(first));
        QCOMPARE(store.activeBranch(id)->back().message.content, std::string("first"));
        QVERIFY(store.setActiveMessage(second));
        QCOMPARE(store.activeBranch(id)->back().message.content, std::string("second"));
        QCOMPARE(store.messages(id)->size(), std::size_t{4});
    }

    void theLastUsedSessionComesFirst()
    {
        const StoreFixture fixture;
        auto time = std::chrono::system_clock::now();
        HistoryStore store = *HistoryStore::open(fixture.path(), [&time] { return time += std::chrono::seconds(1); });
        const SessionId a = *store.createSession(SessionKind::Ask, "a", "m");
        const SessionId b = *store.createSession(SessionKind::Ask, "b", "m");
        QCOMPARE(store.sessions()->front().id, b);
        QVERIFY(store.addMessage(a, {}, {Role::User, "q", ""}));
        QCOMPARE(store.sessions()->front().id, a);
        QVERIFY(store.renameSession(b, "new \xFF name"));
        QCOMPARE(store.session(b)->title, std::string("new \uFFFD name"));
        QVERIFY(store.deleteSession(a));
        QCOMPARE(store.sessions()->size(), std::size_t{1});
        QVERIFY(store.messages(a).error().code == ErrorCode::NotFound);
        const SessionId c = *store.createSession(SessionKind::Ask, "c", "m");
        QVERIFY(c != a); // numbers are never used twice
        QVERIFY(store.checkIntegrity());
    }

    void textSurvivesWhateverItHolds()
    {
        const StoreFixture fixture;
        HistoryStore store = fixture.open();
        const SessionId id = *store.createSession(SessionKind::Ask, "'; DROP TABLE message; --", "m");
        const std::string nasty = std::string("zero ") + '\0' + " byte, 'quote', \U0001F600, <\uFF5CUser\uFF5C>";
        const MessageId message = *store.addMessage(id, {}, {Role::User, nasty, ""});
        QCOMPARE(store.message(message)->message.content, nasty);
        const std::string large(5'000'000, 'x');
        const MessageId answer = *store.beginAnswer(message, "m", {});
        QVERIFY(store.appendAnswer(answer, large, nasty));
        QVERIFY(store.finishAnswer(answer, EndReason::Eos, {}));
        QVERIFY(store.message(answer)->message.thought == large);
        QCOMPARE(store.message(answer)->message.content, nasty);
    }

    void wrongIdsAreErrors()
    {
        const StoreFixture fixture;
        HistoryStore store = fixture.open();
        const SessionId one = *store.createSession(SessionKind::Ask, "1", "m");
        const SessionId two = *store.createSession(SessionKind::Ask, "2", "m");
        const MessageId message = *store.addMessage(one, {}, {Role::User, "q", ""});
        QVERIFY(store.addMessage(two, message, {Role::User, "q", ""}).error().code == ErrorCode::InvalidArgument);
        QVERIFY(store.addMessage(99, {}, {Role::User, "q", ""}).error().code == ErrorCode::NotFound);
        QVERIFY(store.beginAnswer(99, "m", {}).error().code == ErrorCode::NotFound);
        QVERIFY(store.appendAnswer(message, "x", "").error().code == ErrorCode::NotFound);
        QVERIFY(store.finishAnswer(message, EndReason::Eos, {}).error().code == ErrorCode::NotFound);
        QVERIFY(store.deleteSession(99).error().code == ErrorCode::NotFound);
        QVERIFY(store.renameSession(99, "x").error().code == ErrorCode::NotFound);
        QVERIFY(store.setActiveMessage(99).error().code == ErrorCode::NotFound);
        const MessageId answer = *store.beginAnswer(message, "m", {});
        QVERIFY(store.finishAnswer(answer, EndReason::Eos, {}));
        QVERIFY(store.finishAnswer(answer, EndReason::Eos, {}).error().code == ErrorCode::NotFound);
    }

    void onlyAnswersOfTheDeadAreRecovered()
    {
        const StoreFixture fixture;
        std::optional<HistoryStore> writer = fixture.open();
        const SessionId id = *writer->createSession(SessionKind::Ask, "t", "m");
        const MessageId question = *writer->addMessage(id, {}, {Role::User, "q", ""});
        const MessageId answer = *writer->beginAnswer(question, "m", {});
        QVERIFY(writer->appendAnswer(answer, "half a thou", "half an ans"));
        {
            const HistoryStore other = fixture.open(); // the window is open while the terminal looks
            QVERIFY(other.recoveredAnswers().empty());
            QVERIFY(!other.message(answer)->endReason);
            QCOMPARE(other.message(answer)->message.thought, std::string("half a thou"));
        }
        writer.reset(); // dies without finishing
        const HistoryStore next = fixture.open();
        QCOMPARE(next.recoveredAnswers(), std::vector<MessageId>{answer});
        QVERIFY(next.message(answer)->endReason == EndReason::Crash);
        QCOMPARE(next.message(answer)->message.thought, std::string("half a thou"));
        QCOMPARE(next.message(answer)->message.content, std::string("half an ans"));
        QVERIFY(fixture.open().recoveredAnswers().empty());
    }
};

QTEST_APPLESS_MAIN(HistoryStoreTest)
#include "history_store_test.moc"
