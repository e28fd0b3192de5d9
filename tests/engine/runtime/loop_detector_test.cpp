#include <random>

#include <QTest>

#include "engine/runtime/loop_detector.h"

using namespace lemma::engine;

namespace {

// Index of the token at which the detector first speaks, or -1.
int firstAlarm(const std::vector<TokenId>& tokens)
{
    LoopDetector detector;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (detector.push(tokens[i]))
            return static_cast<int>(i);
    }
    return -1;
}

std::vector<TokenId> randomTokens(int count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<TokenId> tokens(static_cast<std::size_t>(count));
    for (TokenId& token : tokens)
        token = static_cast<TokenId>(random() % 500);
    return tokens;
}

} // namespace

class LoopDetectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsPeriods_data()
    {
        QTest::addColumn<int>("period");
        for (int period : {1, 2, 3, 7, 40, 100, 512})
            QTest::newRow(qPrintable(QString::number(period))) << period;
    }
    void findsPeriods()
    {
        QFETCH(int, period);
        std::vector<TokenId> tokens = randomTokens(1000, 1);
        const std::vector<TokenId> phrase = randomTokens(period, 2);
        const int start = static_cast<int>(tokens.size());
        for (int i = 0; i < 4 * std::max(period, 120); ++i)
            tokens.push_back(phrase[static_cast<std::size_t>(i % period)]);
        const int alarm = firstAlarm(tokens);
        const int needed = std::max(3 * period, 120);
        QVERIFY2(alarm >= start && alarm < start + needed, qPrintable(QString::number(alarm - start)));
    }

    void leavesOrdinaryTextAlone()
    {
        QCOMPARE(firstAlarm(randomTokens(20000, 3)), -1);
        // The same sentence twice, a phrase that comes back, a row of a hundred dashes.
        std::vector<TokenId> tokens = randomTokens(300, 4);
        const std::vector<TokenId> copy = tokens;
        tokens.insert(tokens.end(), copy.begin(), copy.end());
        tokens.insert(tokens.end(), 100, 7);
        QCOMPARE(firstAlarm(tokens), -1);
    }

    void longerPeriodsThanTheLimitAreNotSeen()
    {
        std::vector<TokenId> tokens;
        const std::vector<TokenId> phrase = randomTokens(513, 5);
        for (int i = 0; i < 4; ++i)
            tokens.insert(tokens.end(), phrase.begin(), phrase.end());
        QCOMPARE(firstAlarm(tokens), -1);
    }
};

QTEST_APPLESS_MAIN(LoopDetectorTest)
#include "loop_detector_test.moc"
