#include <cmath>
#include <limits>

#include <QTest>

#include "engine/model/expert_router.h"

using namespace lemma::engine;

class ExpertRouterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void softmaxOfTheBest()
    {
        const ExpertMixture mixture{.expertCount = 4, .usedCount = 2};
        std::vector<float> scores{1, 3, 2, 0};
        const auto shares = routeToken(mixture, scores, {});
        const double sum = std::exp(1.0) + std::exp(3.0) + std::exp(2.0) + 1;
        QCOMPARE(shares.size(), std::size_t{2});
        QCOMPARE(shares[0].expert, 1);
        QCOMPARE(shares[1].expert, 2);
        QVERIFY(std::abs(shares[0].share - std::exp(3.0) / sum) < 1e-6);
    }

    // The bias chooses, but does not weigh.
    void sigmoidWithBias()
    {
        const ExpertMixture mixture{.expertCount = 3,
                                    .usedCount = 2,
                                    .weightsScale = 2.5f,
                                    .normalizeWeights = true,
                                    .gating = ExpertGating::Sigmoid};
        std::vector<float> scores{0, 2, 1};
        const std::vector<float> bias{10, 0, 0};
        const auto shares = routeToken(mixture, scores, bias);
        QCOMPARE(shares[0].expert, 0);
        QCOMPARE(shares[1].expert, 1);
        const double a = 0.5;
        const double b = 1 / (1 + std::exp(-2.0));
        QVERIFY(std::abs(shares[0].share - 2.5 * a / (a + b)) < 1e-6);
        QVERIFY(std::abs(shares[1].share - 2.5 * b / (a + b)) < 1e-6);
    }

    // The best expert stands in a group whose two best are worse than those of the other.
    void groupsCountByTheirTwoBest()
    {
        const ExpertMixture mixture{
            .expertCount = 6, .usedCount = 2, .gating = ExpertGating::Sigmoid, .groupCount = 2, .groupUsedCount = 1};
        std::vector<float> scores{5, -9, -9, 3, 3.5f, -9};
        const auto shares = routeToken(mixture, scores, {});
        QCOMPARE(shares[0].expert, 3);
        QCOMPARE(shares[1].expert, 4);
    }

    void equalScoresAndNoNumbers()
    {
        const ExpertMixture mixture{.expertCount = 4, .usedCount = 2, .groupCount = 2, .groupUsedCount = 1};
        std::vector<float> equal(4, 1.0f);
        QCOMPARE(routeToken(mixture, equal, {})[1].expert, 1);
        std::vector<float> none(4, std::numeric_limits<float>::quiet_NaN());
        const auto shares = routeToken(mixture, none, {});
        QCOMPARE(shares.size(), std::size_t{2});
        QVERIFY(shares[0].expert < shares[1].expert);
    }
};

QTEST_APPLESS_MAIN(ExpertRouterTest)
#include "expert_router_test.moc"
