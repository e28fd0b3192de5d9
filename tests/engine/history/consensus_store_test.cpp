// Several chains for one question, through the store.
#include <QTest>

#include "engine/history/export.h"
#include "engine/history/history_store.h"
#include "engine/history/journal.h"
#include "tests/engine/history/store_fixture.h"

using namespace lemma::engine;
using namespace lemma::tests;

namespace {

ChainOutcome chain(std::uint64_t seed, std::string answer)
{
    ChainOutcome outcome;
    outcome.text = {"thought " + std::to_string(seed), std::move(answer), EndReason::Eos, true};
    outcome.usage.answerTokens = static_cast<int>(seed);
    outcome.run.modelHash = "0123456789abcdef";
    outcome.run.prompt = {1, 2, 3};
    outcome.run.sampling.seed = seed;
    outcome.run.tokens = {5, 6, 7};
    outcome.run.interventions = {{InterventionCause::TokenBudget, 1, {6}, 1}};
    return outcome;
}

ConsensusResult threeChains()
{
    ConsensusResult result;
    result.chains = {chain(7, "5"), chain(8, "7"), chain(9, "5.0")};
    result.chains[0].ballot = "5";
    result.chains[1].stoppedEarly = true;
    result.chains[1].text.reason = EndReason::Cancelled;
    result.chains[2].ballot = "5.0";
    result.groups = {{"5.0", {2, 0}}};
    result.winner = 2;
    result.decidedEarly = true;
    result.tokens = 90;
    result.tokensSaved = 11;
    return result;
}

} // namespace

class ConsensusStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allChainsAndTheirVotesAreKept()
    {
        const StoreFixture fixture;
        HistoryStore store = fixture.open();
        const SessionId session = *store.createSession(SessionKind::Ask, "t", "m.gguf");
        const MessageId question = *store.addMessage(session, {}, {Role::User, "q", ""});
        const MessageId answer = *store.beginAnswer(question, "m.gguf", {});
        Journal journal(store, answer);
        journal.add(Event{AnswerDelta{"5.0", {3, 4}}});
        const ConsensusResult result = threeChains();
        QVERIFY(store.recordConsensus(answer, result).has_value());
        QVERIFY(store.recordConsensus(answer, result).has_value()); // tried again after a failure of what follows
        QVERIFY(journal.finish(EndReason::Eos, {}).has_value());

        QCOMPARE(store.messages(session)->size(), std::size_t{4}); // the question and three answers
        QCOMPARE(store.activeBranch(session)->back().id, answer);
        const std::optional<StoredConsensus> kept = *fixture.open().consensus(answer);
        QVERIFY(kept.has_value());
        QCOMPARE(kept->winner, 2);
        QVERIFY(kept->decidedEarly);
        QCOMPARE(kept->tokens, 90);
        QCOMPARE(kept->tokensSaved, 11);
        QCOMPARE(kept->groups.size(), std::size_t{1});
        QCOMPARE(kept->groups.front().answer, std::string("5.0"));
        QVERIFY(kept->groups.front().chains == std::vector<int>({2, 0}));
        QCOMPARE(kept->chains.size(), std::size_t{3});
        QCOMPARE(kept->chains[2].message, answer);
        QVERIFY(kept->chains[0].ballot == "5" && !kept->chains[1].ballot);
        QVERIFY(kept->chains[1].stoppedEarly && !kept->chains[0].stoppedEarly);
        for (std::size_t i = 0; i < 2; ++i) {
            const StoredMessage other = *store.message(kept->chains[i].message);
            QCOMPARE(other.message.content, result.chains[i].text.answer);
            QCOMPARE(other.message.thought, result.chains[i].text.thought);
            QVERIFY(other.parent == question);
            QVERIFY(other.endReason == result.chains[i].text.reason);
            QCOMPARE(other.usage->answerTokens, result.chains[i].usage.answerTokens);
            const RunRecord run = *store.run(other.id);
            QCOMPARE(run.sampling.seed, 7 + i);
            QVERIFY(run.prompt == result.chains[i].run.prompt && run.tokens == result.chains[i].run.tokens);
            QVERIFY(run.interventions == result.chains[i].run.interventions);
        }
        QVERIFY(exportJson(store, session)->find("\"tokensSaved\": 11") != std::string::npos);
        QVERIFY(store.checkIntegrity().has_value());
    }

    void oneChainHasNoVotes()
    {
        const StoreFixture fixture;
        HistoryStore store = fixture.open();
        const SessionId session = *store.createSession(SessionKind::Ask, "t", "m.gguf");
        const MessageId question = *store.addMessage(session, {}, {Role::User, "q", ""});
        QVERIFY(!store.consensus(question)->has_value());
        QVERIFY(store.consensus(question + 100).error().code == ErrorCode::NotFound);
        QVERIFY(store.recordConsensus(question, threeChains()).error().code == ErrorCode::InvalidArgument);
        QCOMPARE(store.messages(session)->size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(ConsensusStoreTest)
#include "consensus_store_test.moc"
