// Answers to questions of calculus: derivatives, integrals with and without bounds, sums, limits.
#include <string>

#include <QTest>

#include "tutor/checker/grade.h"

using namespace lemma::tutor;

class CalculusGradeTest : public QObject {
    Q_OBJECT

private slots:
    void verdicts_data();
    void verdicts();
    void constantOfIntegration();
};

void CalculusGradeTest::verdicts_data()
{
    QTest::addColumn<QString>("gold");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* gold, const char* answer, const char* verdict) {
        QTest::newRow((std::string(gold) + " | " + answer).c_str()) << gold << answer << verdict;
    };
    row("\\frac{d}{dx} x^3", "3x^2", "equal");
    row("\\frac{d}{dx} x^3", "3x^3", "different");
    row("\\frac{d}{dx}\\left(x \\sin x\\right)", "\\sin x + x\\cos x", "equal");
    row("\\frac{d^2}{dx^2} x^3", "6x", "equal");
    row("\\frac{dy}{dx}", "2x", "unknown");
    row("\\frac{d}{dx} f(x)", "f'(x)", "equal");
    row("\\frac{d}{dx}\\int_0^x \\sin(t^2)\\,dt", "\\sin x^2", "equal");
    row("\\int 2x\\,dx", "x^2+C", "equal");
    row("\\int 2x\\,dx", "x^2+5", "equal");
    row("\\int 2x\\,dx", "x^2 + k", "equal");
    row("\\int 2x\\,dx", "2x^2+C", "different");
    row("\\int \\frac{1}{x}\\,dx", "\\ln|x|+C", "equal");
    row("\\int \\frac{1}{x}\\,dx", "\\ln(3|x|)+C", "equal");
    row("\\int \\cos x\\,dx", "-\\sin x+C", "different");
    row("\\int e^{2x}\\,dx", "\\frac{e^{2x}}{2}+C", "equal");
    row("\\int 2x\\,dx = x^2 + C", "x^2 + C", "equal");
    row("\\int_0^1 x^2\\,dx", "\\frac13", "equal");
    row("\\int_0^1 x^2\\,dx", "0.333", "different");
    row("\\int_0^{\\pi} \\sin x\\,dx", "2", "equal");
    row("2\\int_1^e \\frac{1}{x}\\,dx", "2", "equal");
    row("\\int_0^1 e^{-x^2}\\,dx", "\\int_0^1 e^{-t^2}\\,dt", "equal");
    row("\\int_0^1 e^{-x^2}\\,dx", "0.75", "different");
    row("\\int_{-1}^1 \\frac{1}{x^2}\\,dx", "-2", "unknown");
    row("\\int_{-1}^1 \\frac{1}{x}\\,dx", "0", "unknown");
    row("\\int_0^2 |x-1|\\,dx", "2", "different");
    row("\\int_{-1}^1 \\sqrt{x}\\,dx", "\\frac23", "unknown");
    row("\\lim_{x\\to 0}\\frac{\\sin x}{x}", "1", "equal");
    row("\\lim_{x\\to\\infty}\\frac{2x+1}{x}", "3", "different");
    row("\\sum_{k=1}^{n} k", "\\frac{n(n+1)}{2}", "equal");
    row("\\sum_{k=1}^{n} k", "\\frac{n(n-1)}{2}", "different");
    row("\\sum_{k=0}^{\\infty}\\frac{1}{2^k}", "2", "equal");
    row("\\int a x\\,dx", "\\frac{a x^2}{2} + C", "equal");
}

void CalculusGradeTest::verdicts()
{
    QFETCH(QString, gold);
    QFETCH(QString, answer);
    QFETCH(QString, verdict);
    const Verdict found = grade(gold.toStdString(), answer.toStdString());
    QCOMPARE(QString(std::string(equalityName(found.equality)).c_str()), verdict);
}

void CalculusGradeTest::constantOfIntegration()
{
    QCOMPARE(grade("\\int 2x\\,dx", "x^2 + C").form, Form::Ok);
    QCOMPARE(grade("\\int 2x\\,dx", "x^2").form, Form::Wrong);
    QCOMPARE(grade("\\int a\\,dx", "a x + a").form, Form::Wrong);
    Policy policy;
    policy.integrationConstant = IntegrationConstant::Ignored;
    QCOMPARE(grade("\\int 2x\\,dx", "x^2", policy).form, Form::Ok);
    QCOMPARE(grade("x^2 + C", "x^2 + 7 + K", policy).equality, Equality::Equal);
    QCOMPARE(grade("\\sin^2 x", "-\\cos^2 x", policy).equality, Equality::Equal);
    QCOMPARE(grade("x^2", "2x^2", policy).equality, Equality::Different);
    policy.integrationConstant = IntegrationConstant::Required;
    QCOMPARE(grade("x^2 + C", "x^2", policy).form, Form::Wrong);
    QCOMPARE(grade("x^2 + C", "x^2 + c", policy).form, Form::Ok);
    // Without the policy an expression is an expression.
    QCOMPARE(grade("x^2", "x^2 + 1").equality, Equality::Different);
    const auto read = policyFromJson(R"({"integrationConstant": "required"})");
    QVERIFY(read.has_value());
    QCOMPARE(read->integrationConstant, IntegrationConstant::Required);
    QVERIFY(!policyFromJson(R"({"integrationConstant": "perhaps"})"));
}

QTEST_APPLESS_MAIN(CalculusGradeTest)
#include "calculus_grade_test.moc"
