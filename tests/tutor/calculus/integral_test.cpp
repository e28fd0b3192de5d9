// Integrals whose answers are known, and those that must not be given: poles between the bounds, no closed form.
#include <chrono>
#include <string>

#include <QTest>

#include "tutor/calculus/integral.h"
#include "tutor/calculus/quadrature.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"

using namespace lemma::tutor;

static std::string antiderivativeText(const std::string& text)
{
    const ParseResult body = parseMath(text);
    if (!body)
        return "not read: " + body.error().message;
    const auto found = integrate(*body, "x", Budget(std::chrono::seconds(2)));
    return found ? toPlain(found->value) : "unknown: " + found.error();
}

class IntegralTest : public QObject {
    Q_OBJECT

private slots:
    void readsAsAPersonWrites_data();
    void readsAsAPersonWrites();
    void found_data();
    void found();
    void notFound_data();
    void notFound();
    void definite_data();
    void definite();
    void quadratureEncloses_data();
    void quadratureEncloses();
    void stepsNameTheMethod();
    void identities_data();
    void identities();
};

void IntegralTest::readsAsAPersonWrites_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("antiderivative");
    const auto row = [](const char* body, const char* value) { QTest::newRow(body) << body << value; };
    row("0", "0");
    row("3", "3 x");
    row("x", "x^2/2");
    row("x^2+2x", "x^3/3 + x^2");
    row("1/x", "ln(|x|)");
    row("1/x^2", "-1/x");
    row("sqrt(x)", "2 x^(3/2)/3");
    row("e^x", "e^x");
    row("e^{2x}", "e^(2 x)/2");
    row("2^x", "2^x/ln(2)");
    row("cos x", "sin(x)");
    row("sin(3x)", "-cos(3 x)/3");
    row("ln x", "x ln(x) - x");
    row("x e^x", "x e^x - e^x");
    row("(2x+1)^5", "(2 x + 1)^6/12");
    row("1/(x^2+1)", "arctan(x)");
    row("2x cos(x^2)", "sin(x^2)");
    row("ln(x)/x", "ln(x)^2/2");
    row("a x", "a x^2/2");
}

void IntegralTest::readsAsAPersonWrites()
{
    QFETCH(QString, body);
    QFETCH(QString, antiderivative);
    const std::string text = antiderivativeText(body.toStdString());
    QCOMPARE(QString::fromStdString(text).replace("atan", "arctan"), antiderivative);
}

void IntegralTest::found_data()
{
    QTest::addColumn<QString>("body");
    for (const char* body : {"x^5-3x^2+7",
                             "(x-1)(x+2)",
                             "(x+1)/x",
                             "5/(3x+2)",
                             "1/(2x+1)^3",
                             "e^{-x}",
                             "3^{2x-1}",
                             "cos(2x+1)",
                             "tan x",
                             "\\cot x",
                             "1/\\cos^2 x",
                             "\\sec^2 x",
                             "\\sin^2 x",
                             "\\cos^2(3x)",
                             "\\tan^2 x",
                             "x \\sin x",
                             "x^2 \\cos x",
                             "x^3 e^{2x}",
                             "x \\ln x",
                             "x^2 \\ln x",
                             "(\\ln x)^2",
                             "\\arctan x",
                             "\\arcsin x",
                             "x \\arctan x",
                             "e^x \\sin x",
                             "e^{2x}\\cos(3x)",
                             "x/(x^2+1)",
                             "x/sqrt(x^2+1)",
                             "x e^{x^2}",
                             "\\sin x \\cos x",
                             "\\sin^3 x \\cos x",
                             "1/(x \\ln x)",
                             "e^x/(1+e^x)",
                             "1/(x^2-1)",
                             "(2x+3)/(x^2+3x+2)",
                             "1/(x^2+2x+5)",
                             "x^3/(x^2+1)",
                             "1/(x^2-2)",
                             "(x+1)/(x^2+x+1)",
                             "1/(x(x+1)^2)",
                             "1/(x^3+x)",
                             "1/sqrt(1-x^2)",
                             "1/sqrt(4-x^2)",
                             "1/sqrt(x^2+1)",
                             "sqrt(2x+1)",
                             "\\sinh x",
                             "\\cosh(2x)",
                             "(x^2+1)^2",
                             "1/(1-x)",
                             "x^2/(x-1)",
                             "e^{\\sin x} \\cos x",
                             "1/(x^2+4)",
                             "3x^2 (x^3+1)^4",
                             "\\frac{1}{\\sqrt{x}}",
                             "x(1-x)",
                             "20% x"})
        QTest::newRow(body) << body;
}

// integrate() returns only what it proved by differentiation; here it is compared with quadrature on [1/5, 4/5] too.
void IntegralTest::found()
{
    QFETCH(QString, body);
    const Budget budget(std::chrono::seconds(10));
    const ParseResult tree = parseMath(body.toStdString());
    QVERIFY(tree);
    const auto result = integrate(*tree, "x", budget);
    QVERIFY2(result, result ? "" : result.error().c_str());
    const auto at = [&](long top) { return substitute(result->value, "x", divide(integer(top), integer(5))); };
    const Expr integral = makeNode(
        Kind::Integral, "", {*tree, symbol("x"), divide(integer(1), integer(5)), divide(integer(4), integer(5))});
    const BallValue difference = evaluateWithIntegrals(subtract(integral, subtract(at(4), at(1))), 60, budget);
    QCOMPARE(difference.status, BallStatus::Defined);
    QVERIFY2(difference.ball.withinOfZero(40), toPlain(result->value).c_str());
}

void IntegralTest::notFound_data()
{
    QTest::addColumn<QString>("body");
    for (const char* body : {"e^{-x^2}", "\\sin(x)/x", "sqrt(1+x^4)", "1/\\ln x", "x^x", "\\lfloor x \\rfloor",
                             "1/(x^5-x-1)", "\\cos(x^2)"})
        QTest::newRow(body) << body;
}

void IntegralTest::notFound()
{
    QFETCH(QString, body);
    const std::string text = antiderivativeText(body.toStdString());
    QVERIFY2(text.starts_with("unknown: "), text.c_str());
}

void IntegralTest::definite_data()
{
    QTest::addColumn<QString>("integral");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* integral, const char* value) { QTest::newRow(integral) << integral << value; };
    row("\\int_0^1 x^2\\,dx", "1/3");
    row("\\int_1^0 x^2\\,dx", "-1/3");
    row("\\int_0^{\\pi} \\sin x\\,dx", "2");
    row("\\int_0^{\\pi/2} \\cos x\\,dx", "1");
    row("\\int_1^e \\frac{1}{x}\\,dx", "1");
    row("\\int_0^1 e^x\\,dx", "e - 1");
    row("\\int_0^1 \\frac{1}{1+x^2}\\,dx", "pi/4");
    row("\\int_0^{\\pi} \\sin^2 x\\,dx", "pi/2");
    row("\\int_{-1}^1 x^3\\,dx", "0");
    row("\\int_1^2 \\frac{1}{x}\\,dx", "ln(2)");
    row("\\int_0^4 \\sqrt{x}\\,dx", "16/3");
    row("\\int_{-1}^{1} \\frac{1}{x^2}\\,dx", "unknown");
    row("\\int_{-1}^{2} \\frac{1}{x}\\,dx", "unknown");
    row("\\int_0^{\\pi} \\frac{1}{\\cos^2 x}\\,dx", "unknown");
    row("\\int_0^1 \\ln x\\,dx", "unknown");
    row("\\int_0^{\\infty} e^{-x}\\,dx", "unknown");
    row("\\int_{-1}^1 \\sqrt{x}\\,dx", "unknown");
}

void IntegralTest::definite()
{
    QFETCH(QString, integral);
    QFETCH(QString, value);
    const auto found = integrateBetween(*parseMath(integral.toStdString()), Budget(std::chrono::seconds(2)));
    QCOMPARE(QString::fromStdString(found ? toPlain(found->value) : "unknown"), value);
}

void IntegralTest::quadratureEncloses_data()
{
    QTest::addColumn<QString>("integral");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* integral, const char* value) { QTest::newRow(integral) << integral << value; };
    row("\\int_0^1 e^{-x^2}\\,dx", "0.746824132812427025399467436131853"); // erf(1) sqrt(pi)/2
    row("\\int_0^1 \\sin(x^2)\\,dx", "0.31026830172338110180815242316539651");
    row("\\int_0^2 |x-1|\\,dx", "1");
    row("\\int_0^3 \\lfloor x \\rfloor\\,dx", "3");
    row("\\int_{-8}^{8} \\sqrt[3]{x}\\,dx", "0");
    row("\\int_{-1}^{8} \\sqrt[3]{x}\\,dx", "11.25");
}

void IntegralTest::quadratureEncloses()
{
    QFETCH(QString, integral);
    QFETCH(QString, value);
    const Budget budget(std::chrono::seconds(10));
    const Expr difference = subtract(*parseMath(integral.toStdString()), *parseMath(value.toStdString()));
    const BallValue found = evaluateWithIntegrals(difference, 64, budget);
    QCOMPARE(found.status, BallStatus::Defined);
    QVERIFY(!found.ball.surelyNonzero() || found.ball.withinOfZero(60));
    Ball coarse = found.ball;
    acb_mul_2exp_si(coarse.get(), coarse.get(), -20);
    QVERIFY(found.ball.surelyNonzero() || coarse.withinOfZero(25)); // and it is narrow
}

void IntegralTest::stepsNameTheMethod()
{
    const auto names = [](const char* text) {
        const auto found = integrate(*parseMath(text), "x", Budget(std::chrono::seconds(2)));
        std::string result;
        for (const SolutionStep& step : found->steps)
            result += std::string(actionName(step.action)) + ' ';
        return QString::fromStdString(result);
    };
    QCOMPARE(names("x e^x"), QString("integrate-by-parts known-integral check-by-differentiating "));
    QCOMPARE(names("2x\\cos(x^2)"), QString("constant-in-front substitute constant-in-front known-integral "
                                            "substitute-back check-by-differentiating "));
    QCOMPARE(names("1/(x^2-1)"), QString("partial-fractions known-integral check-by-differentiating "));
}

void IntegralTest::identities_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<bool>("same");
    const auto row = [](const char* left, const char* right, bool same) {
        QTest::newRow((std::string(left) + " | " + right).c_str()) << left << right << same;
    };
    row("\\sin^2 x+\\cos^2 x", "1", true);
    row("\\sin 2x", "2\\sin x\\cos x", true);
    row("\\cos 2x", "1-2\\sin^2 x", true);
    row("\\tan x", "\\frac{\\sin x}{\\cos x}", true);
    row("1+\\tan^2 x", "\\frac{1}{\\cos^2 x}", true);
    row("\\cos 3x", "4\\cos^3 x-3\\cos x", true);
    row("\\sin 2x", "2\\sin x", false);
    row("\\cos 2x", "1-\\sin^2 x", false);
    row("\\frac{1}{x-\\sqrt2}-\\frac{1}{x+\\sqrt2}", "\\frac{2\\sqrt2}{x^2-2}", true);
}

void IntegralTest::identities()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QFETCH(bool, same);
    QCOMPARE(
        provablyEqual(*parseMath(left.toStdString()), *parseMath(right.toStdString()), Budget(std::chrono::seconds(2))),
        same);
}

QTEST_APPLESS_MAIN(IntegralTest)
#include "integral_test.moc"
