// R1's rewards of format and language.
#include <QTest>

#include "tutor/answer/rewards.h"

using namespace lemma::tutor;

class RewardsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void format_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("reward");
        QTest::newRow("whole") << "<think>2+2</think>So \\boxed{4}." << 1.0;
        QTest::newRow("opened by the prompt") << "2+2\n</think>\n\\boxed{4}" << 1.0;
        QTest::newRow("no thought") << "\\boxed{4}" << 0.0;
        QTest::newRow("thought not closed") << "<think>\\boxed{4}" << 0.0;
        QTest::newRow("two thoughts") << "<think>a</think>\\boxed{4}<think>b</think>\\boxed{4}" << 0.0;
        QTest::newRow("opened twice") << "<think>a<think>b</think>\\boxed{4}" << 0.0;
        QTest::newRow("text before the thought") << "Sure. <think>b</think>\\boxed{4}" << 0.0;
        QTest::newRow("no answer") << "<think>\\boxed{4}</think> \n" << 0.0;
        QTest::newRow("not boxed") << "<think>\\boxed{4}</think>It is 4." << 0.0;
        QTest::newRow("box cut off") << "<think>a</think>\\boxed{4" << 0.0;
        QTest::newRow("opened in the answer") << "<think>a</think>\\boxed{4}<think>" << 0.0;
    }
    void format()
    {
        QFETCH(QString, text);
        QTEST(formatReward(text.toStdString()), "reward");
    }

    void language()
    {
        QCOMPARE(languageReward("First we add both sides.", Script::Latin), 1.0);
        QCOMPARE(languageReward("First we add both sides.", Script::Chinese), 0.0);
        QCOMPARE(languageReward("one two three 四", Script::Latin), 0.75);
        QCOMPARE(languageReward("首先 we", Script::Chinese), 2.0 / 3);
        QCOMPARE(languageReward("сложим we", Script::Latin), 0.5);
        QCOMPARE(languageReward("设 $x + y = abc$, $$\\text{many words of another script}$$", Script::Chinese), 1.0);
        QCOMPARE(languageReward("1 + 2 = 3", Script::Chinese), 1.0);
        QCOMPARE(languageReward("", Script::Latin), 1.0);
        QCOMPARE(languageReward("angle α is π", Script::Latin), 1.0);
        QCOMPARE(languageReward("caf\xC3\xA9 \xFF", Script::Latin), 1.0);
    }

    void accuracyIsTheGradersVerdict()
    {
        QCOMPARE(accuracyReward("\\frac{1}{2}", "<think>1/3?</think>So it is \\boxed{0.5}."), 1.0);
        QCOMPARE(accuracyReward("2, 3", "The roots are \\boxed{2} and \\boxed{3}."), 1.0);
        QCOMPARE(accuracyReward("2, 3", "The roots are \\boxed{2} and \\boxed{4}."), 0.0);
        QCOMPARE(accuracyReward("12", "Thus there are 12 ways."), 1.0);
        QCOMPARE(accuracyReward("12", "I do not know."), 0.0);
        QCOMPARE(accuracyReward("12", ""), 0.0);
        Policy policy;
        policy.form = RequiredForm::LowestTerms;
        QCOMPARE(accuracyReward("1/2", "\\boxed{2/4}"), 1.0);
        QCOMPARE(accuracyReward("1/2", "\\boxed{2/4}", policy), 0.0);
        QCOMPARE(accuracyReward("5", "\\boxed{5", policy), 0.0); // cut off
    }
};

QTEST_APPLESS_MAIN(RewardsTest)
#include "rewards_test.moc"
