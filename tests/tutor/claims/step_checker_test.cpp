// Badges of steps: what is true is green, what was said and refuted is red, and nothing else is red.
#include <string>
#include <vector>

#include <QTest>

#include "tutor/claims/step_checker.h"

using namespace lemma::tutor;

class StepCheckerTest : public QObject {
    Q_OBJECT

private slots:
    void badges_data();
    void badges();
    void placesAreOfTheThought();
    void laterStepsLeanOnEarlierOnes();
    void hostileStepsEnd();
};

static Step stepOf(const QString& text, std::size_t begin = 0)
{
    Step step;
    step.text = text.toStdString();
    step.begin = begin;
    return step;
}

void StepCheckerTest::badges_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("badge");
    const auto row = [](const char* text, const char* badge) { QTest::addRow("%s", text) << QString(text) << badge; };

    row("So 17 * 24 = 408.", "green");
    row("So 17 * 24 = 418.", "red");
    row("We get $\\frac{1}{2}+\\frac{1}{3}=\\frac{5}{6}$.", "green");
    row("We get $\\frac{1}{2}+\\frac{1}{3}=\\frac{2}{5}$.", "red");
    row("Expanding, $(x+1)^2 = x^2 + 2x + 1$.", "green");
    row("The sum is $1 + A + 15 = 16 + A + 2 = 18 + A$.", "red");
    row("This gives us 3x = 20 - 5, which simplifies to 3x = 15.", "green");
    row("This gives us 3x = 20 - 5, which simplifies to 3x = 10.", "red");
    row("\\[\\begin{aligned} 2(3+4) &= 2 \\cdot 7 \\\\ &= 14 \\end{aligned}\\]", "green");
    row("\\[\\begin{aligned} 2(3+4) &= 2 \\cdot 7 \\\\ &= 15 \\end{aligned}\\]", "red");
    row("$3 < 5$ and $-2 > -3$.", "green");
    row("- 3 + 5 = 8", "green");
    row("Then 1,000 + 250 = 1,250.", "green");

    row("The equation is 3x + 5 = 20.", "grey");
    row("Let x = 5.", "grey");
    row("Is 2 + 2 = 5? No.", "grey");
    row("If 2 + 2 = 5, pigs fly.", "grey");
    row("That would mean 3 = 4, a contradiction.", "grey");
    row("5 times 3 = 15, and 2 plus 2 = 4.", "grey");
    row("2 added to 3 = 5.", "grey");
    row("5 * 1000 = 5 thousand.", "grey");
    row("So 2/3 = 0.67.", "grey");
    row("So $\\sqrt{2} \\approx 1.414$.", "green");
    row("So 3 * 5 = 1 (mod 7).", "grey");
    row("The equation is 2x + 6 = 2x + 7.", "grey");
    row("So we get 0 = 5.", "grey");
    row("Let me test n = 3: 3^2 + 1 = 11.", "grey");
    row("So 15 * 10 / 10 = 15 * 10 / 1", "grey"); // cut off
    row("The line y = 2x + 1 = x + 3.", "grey");
    row("3 hours = 180 minutes.", "grey");
    row("so 5 km = 5000 m.", "grey");
    row("f(x) = x^2, so f(2) = 4.", "grey");
    row("x/8 = 5", "grey");
    row("**Step 1:** add them", "grey");
    row("Adding, 1 + 2 + ... + 10 + 11 = 66 is right.", "grey");
    row("So sin 30 = 1/2.", "grey");
    row("So log 8 = 3.", "green"); // to base 2
    row("In the ring, 1 + 1 = 0.", "grey");
    row("So twice 3 + 4 = 7.", "grey");
    row("There are 5 = five of them.", "grey");
    row("80 + 20% = 96.", "grey");
    row("", "grey");
}

void StepCheckerTest::badges()
{
    QFETCH(QString, text);
    QFETCH(QString, badge);
    StepChecker checker;
    const StepCheck check = checker.check(stepOf(text));
    const std::string_view name = badgeName(check.badge);
    QVERIFY(!check.reason.empty());
    QCOMPARE(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())), badge);
}

void StepCheckerTest::placesAreOfTheThought()
{
    StepChecker checker;
    const QString text = "So 2 + 2 = 4, and $1 + 2 = 3$.";
    const StepCheck check = checker.check(stepOf(text, 100));
    QCOMPARE(check.claims.size(), std::size_t{2});
    QCOMPARE(check.claims[0].range.begin, std::size_t{103});
    QCOMPARE(check.claims[0].text, std::string("2 + 2 = 4"));
    QCOMPARE(check.claims[1].range.end - check.claims[1].range.begin, check.claims[1].text.size());
    QCOMPARE(check.reason, std::string("2 of 2 claims checked"));
}

void StepCheckerTest::laterStepsLeanOnEarlierOnes()
{
    StepChecker checker;
    checker.check(stepOf("We have to solve x^2 - 5x + 6 = 0."));
    QCOMPARE(checker.check(stepOf("So x = 3.")).badge, Badge::Green);
    QCOMPARE(checker.check(stepOf("So x = 4.")).badge, Badge::Grey);
}

void StepCheckerTest::hostileStepsEnd()
{
    StepChecker cut; // a step that was cut within a product
    cut.check(stepOf("So the area is (15 + 27)/2 *"));
    QCOMPARE(cut.check(stepOf("9 + 1 = 189.")).badge, Badge::Grey);
    const std::vector<QString> texts = {QString("=").repeated(50'000), QString("$").repeated(50'000),
                                        QString("1+").repeated(30'000) + "1 = 9^9^9", "So 10^(10^9) = 9^9^9.",
                                        QString("2 + 2 = 4. ").repeated(20'000)};
    for (const QString& text : texts) {
        StepChecker checker;
        QVERIFY(!checker.check(stepOf(text)).reason.empty());
    }
}

QTEST_APPLESS_MAIN(StepCheckerTest)
#include "step_checker_test.moc"
