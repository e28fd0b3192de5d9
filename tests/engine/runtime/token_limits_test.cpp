#include <QTest>

#include "engine/runtime/token_limits.h"

using namespace lemma::engine;

class TokenLimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNearerLimitEnds()
    {
        GenerationLimits limits;
        limits.maxTokens = 100;
        QVERIFY(!TokenLimits(limits, 50, 1000).reached(99));
        QVERIFY(TokenLimits(limits, 50, 1000).reached(100) == EndReason::Length);
        QVERIFY(!TokenLimits(limits, 50, 120).reached(69));
        QVERIFY(TokenLimits(limits, 50, 120).reached(70) == EndReason::Context);
    }

    void theAnswerKeepsItsShare()
    {
        GenerationLimits limits;
        limits.maxTokens = 8192;
        const TokenLimits roomy(limits, 100, 16384);
        QVERIFY(!roomy.thoughtMustEnd(8192 - 1025, 8192 - 1025, 0));
        QVERIFY(roomy.thoughtMustEnd(8192 - 1024, 8192 - 1024, 0) == InterventionCause::AnswerReserve);
        limits.answerReserve = 100;
        QVERIFY(!TokenLimits(limits, 100, 16384).thoughtMustEnd(8192 - 101, 8192 - 101, 0));
        QVERIFY(TokenLimits(limits, 100, 16384).thoughtMustEnd(8192 - 103, 8192 - 103, 3));
        limits.answerReserve.reset();
        const TokenLimits narrow(limits, 100, 500); // 400 tokens fit, a quarter of them for the answer
        QVERIFY(!narrow.thoughtMustEnd(299, 299, 0));
        QVERIFY(narrow.thoughtMustEnd(300, 300, 0));
    }

    void theThinkingBudgetIsKeptToTheToken()
    {
        GenerationLimits limits;
        limits.thinkingTokens = 64;
        const TokenLimits budget(limits, 10, 4096);
        QVERIFY(!budget.thoughtMustEnd(63, 63, 0));
        QVERIFY(budget.thoughtMustEnd(64, 64, 0) == InterventionCause::TokenBudget);
        // What closes the thought is paid for from its budget.
        QVERIFY(!budget.thoughtMustEnd(43, 43, 20));
        QVERIFY(budget.thoughtMustEnd(44, 44, 20));
        QVERIFY(budget.hasRoomForWords(32) && !budget.hasRoomForWords(33));
        limits.thinkingTokens = 0;
        QVERIFY(TokenLimits(limits, 10, 4096).thoughtMustEnd(0, 0, 0));
    }
};

QTEST_APPLESS_MAIN(TokenLimitsTest)
#include "token_limits_test.moc"
