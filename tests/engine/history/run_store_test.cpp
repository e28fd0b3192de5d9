// What a run was made of, through the store: while it is written, after it ended, after its writer died.
#include <optional>

#include <QTest>

#include "engine/history/history_store.h"
#include "engine/history/journal.h"
#include "tests/engine/history/store_fixture.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

RunRecord description()
{
    RunRecord run;
    run.modelHash = "0123456789abcdef";
    run.templateName = "deepseek-r1-distill-qwen";
    run.prompt = {1, 70000, 3};
    run.thoughtOpened = true;
    run.sampling.seed = 0xFFFFFFFFFFFFFFFFu;
    run.sampling.temperature = 0.7F;
    run.limits.maxTokens = 99;
    run.limits.thinkingTime = std::chrono::duration<double>(1.5);
    run.limits.answerReserve = 12;
    run.limits.loops = LoopPolicy::Ignore;
    run.stopStrings = {"END", "\n\n"};
    return run;
}

void feed(Journal& journal)
{
    journal.add(RunBegun{description()});
    journal.add(RunTokens{{5, 6}});
    journal.add(Event{ThoughtDelta{"ab", {3, 5}}});
}

bool matches(const RunRecord& run, bool whole)
{
    const RunRecord expected = description();
    const bool described = run.modelHash == expected.modelHash && run.templateName == expected.templateName &&
                           run.prompt == expected.prompt && run.thoughtOpened &&
                           run.sampling.seed == expected.sampling.seed && run.sampling.temperature == 0.7F &&
                           run.limits.maxTokens == 99 && run.limits.thinkingTime == expected.limits.thinkingTime &&
                           run.limits.answerReserve == 12 && run.limits.loops == LoopPolicy::Ignore &&
                           !run.limits.thinkingTokens && run.stopStrings == expected.stopStrings;
    if (!whole)
        return described && run.tokens == std::vector<TokenId>{5, 6} && run.interventions.empty();
    const Intervention closing{InterventionCause::TimeBudget, 2, {7, 8, 9}, 2};
    return described && run.tokens == std::vector<TokenId>{5, 6, 7, 8, 9, 10} &&
           run.interventions == std::vector<Intervention>{closing};
}

} // namespace

class RunStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRecordGrowsWithTheAnswer()
    {
        const StoreFixture fixture;
        MessageId answer = 0;
        {
            HistoryStore store = fixture.open();
            const SessionId session = *store.createSession(SessionKind::Ask, "t", "m");
            const MessageId question = *store.addMessage(session, {}, {Role::User, "q", ""});
            answer = *store.beginAnswer(question, "m", {});
            QVERIFY(store.run(answer).error().code == ErrorCode::NotFound);
            Journal journal(store, answer);
            feed(journal);
            QVERIFY(journal.write().has_value());
            QVERIFY(matches(*store.run(answer), false));
            journal.add(Intervention{InterventionCause::TimeBudget, 2, {7, 8, 9}, 2});
            journal.add(RunTokens{{10}});
            QVERIFY(journal.finish(EndReason::Eos, {}).has_value());
            QVERIFY(matches(*store.run(answer), true));
            QVERIFY(store.message(answer)->sampling->temperature == 0.7F);
        }
        QVERIFY(matches(*fixture.open().run(answer), true));
    }

    void whatWasJournalledSurvivesTheWriter()
    {
        const StoreFixture fixture;
        MessageId answer = 0;
        {
            HistoryStore store = fixture.open();
            const SessionId session = *store.createSession(SessionKind::Ask, "t", "m");
            answer = *store.beginAnswer(*store.addMessage(session, {}, {Role::User, "q", ""}), "m", {});
            Journal journal(store, answer);
            feed(journal);
            QVERIFY(journal.write().has_value());
        }
        const HistoryStore store = fixture.open();
        QVERIFY(store.message(answer)->endReason == EndReason::Crash);
        QVERIFY(matches(*store.run(answer), false));
    }
};

QTEST_APPLESS_MAIN(RunStoreTest)
#include "run_store_test.moc"
