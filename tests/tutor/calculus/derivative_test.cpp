// Derivatives as a person writes them, the rules that are named, and derivatives against difference quotients.
#include <chrono>
#include <string>

#include <QTest>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/ball.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"

using namespace lemma::tutor;

static const Budget patience(std::chrono::seconds(10));

static std::string derivativeText(const std::string& text)
{
    const ParseResult body = parseMath(text);
    if (!body)
        return "not read: " + body.error().message;
    const auto derivation = differentiate(*body, "x", Budget(std::chrono::seconds(1)));
    return derivation ? toPlain(derivation->value) : "unknown: " + derivation.error();
}

class DerivativeTest : public QObject {
    Q_OBJECT

private slots:
    void simplifies_data();
    void simplifies();
    void readsAsAPersonWrites_data();
    void readsAsAPersonWrites();
    void agreesWithDifferenceQuotients_data();
    void agreesWithDifferenceQuotients();
    void stepsNameTheRules();
    void refusesWhatHasNone_data();
    void refusesWhatHasNone();
};

void DerivativeTest::simplifies_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    const auto row = [](const char* from, const char* to) { QTest::newRow(from) << from << to; };
    row("x+x", "2 x");
    row("2x-x-x", "0");
    row("x*x^2", "x^3");
    row("x/x^3", "1/x^2");
    row("1/sqrt(2)", "sqrt(2)/2");
    row("sqrt(8)", "2 sqrt(2)");
    row("sqrt(2)sqrt(6)", "2 sqrt(3)");
    row("sqrt(1/2)+sqrt(2)", "3 sqrt(2)/2");
    row("8^(1/3)", "2");
    row("4^(1/4)", "sqrt(2)");
    row("(-8)^(1/3)", "-2");
    row("sqrt(x)sqrt(x)", "x");
    row("(x^2)^3", "x^6");
    row("sqrt(x^2)", "sqrt(x^2)");
    row("e^(2x)/e^x", "e^x");
    row("e^(ln 3)", "3");
    row("e^(2 ln 3)", "9");
    row("ln(e^(x+1))", "x + 1");
    row("sin(\\pi/6)", "1/2");
    row("cos(2\\pi/3)", "-1/2");
    row("tan(-\\pi/4)", "-1");
    row("arctan(1)", "pi/4");
    row("arccos(-1/2)", "2 pi/3");
    row("sin(-x)", "-sin(x)");
    row("3-(x-2)", "5 - x");
    row("2(x+1)+x", "3 x + 2");
    row("i^3", "-i");
    row("0/x", "0");
    row("1/0", "1/0");
    row("0^0", "1");
    row("1-x", "1 - x");
    row("-x^2+3x+1", "-x^2 + 3 x + 1");
}

void DerivativeTest::simplifies()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    const ParseResult tree = parseMath(from.toStdString());
    QVERIFY(tree);
    QCOMPARE(QString::fromStdString(toPlain(simplified(*tree, Budget()))), to);
}

void DerivativeTest::readsAsAPersonWrites_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("derivative");
    const auto row = [](const char* body, const char* derivative) { QTest::newRow(body) << body << derivative; };
    row("5", "0");
    row("x", "1");
    row("x^3", "3 x^2");
    row("3x^2-5x+7", "6 x - 5");
    row("a x^2+b x+c", "2 a x + b");
    row("1/x", "-1/x^2");
    row("1/x^2", "-2/x^3");
    row("sqrt(x)", "1/(2 sqrt(x))");
    row("x^(3/2)", "3 sqrt(x)/2");
    row("\\sqrt[3]{x}", "1/(3 x^(2/3))");
    row("sin x", "cos(x)");
    row("cos x", "-sin(x)");
    row("tan x", "1/cos(x)^2");
    row("e^x", "e^x");
    row("2^x", "2^x ln(2)");
    row("ln x", "1/x");
    row("log_2 x", "1/(x ln(2))");
    row("log(x)", "1/(x ln(10))");
    row("e^{-x}", "-e^(-x)");
    row("sin(2x)", "2 cos(2 x)");
    row("\\sin^2 x", "2 sin(x) cos(x)");
    row("(x^2+1)^3", "6 x (x^2 + 1)^2");
    row("sqrt(x^2+1)", "x/sqrt(x^2 + 1)");
    row("x e^x", "e^x + x e^x");
    row("x^2 sin x", "2 x sin(x) + x^2 cos(x)");
    row("x ln x", "ln(x) + 1");
    row("(x^2+1)/(x-1)", "(x^2 - 2 x - 1)/(x - 1)^2");
    row("x/(x+1)", "1/(x + 1)^2");
    row("(x^2-1)/(x-1)", "1");
    row("sin(x)/x", "(x cos(x) - sin(x))/x^2");
    row("ln(x^2+1)", "2 x/(x^2 + 1)");
    row("e^{x^2}", "2 x e^(x^2)");
    row("arctan x", "1/(x^2 + 1)");
    row("arcsin x", "1/sqrt(1 - x^2)");
    row("x^x", "(ln(x) + 1) x^x");
    row("\\ln|x|", "1/x");
    row("f(x)^2", "2 f(x) f'(x)");
    row("\\int_0^x \\sin(t^2)\\,dt", "sin(x^2)");
    row("\\frac{d}{dx} x^3", "6 x");
}

void DerivativeTest::readsAsAPersonWrites()
{
    QFETCH(QString, body);
    QFETCH(QString, derivative);
    QCOMPARE(QString::fromStdString(derivativeText(body.toStdString())), derivative);
}

void DerivativeTest::agreesWithDifferenceQuotients_data()
{
    QTest::addColumn<QString>("body");
    for (const char* body : {"sin x",
                             "cos x",
                             "tan x",
                             "cot x",
                             "sec x",
                             "csc x",
                             "arcsin(x/3)",
                             "arccos(x/3)",
                             "arctan x",
                             "sinh x",
                             "cosh x",
                             "tanh x",
                             "coth x",
                             "asinh x",
                             "ln x",
                             "log x",
                             "log_3 x",
                             "|x-1|",
                             "e^{x^2}",
                             "x^x",
                             "x^{sin x}",
                             "sqrt(x^3+1)",
                             "\\sqrt[3]{x+2}",
                             "x^2 e^x cos x",
                             "(x+1)/(x^2+1)",
                             "((x+1)/(x+2))^3",
                             "ln(sin x + 2)",
                             "2^{3x}/x",
                             "(x^2-1)/(x-1)^2",
                             "e^{x}/(1+e^{x})",
                             "cos(x)^3 sin(2x)",
                             "\\log_x 3",
                             "20% x^2",
                             "-x/(3-x)",
                             "(1-x)(2-x)(3-x)",
                             "1/(x sqrt(x))",
                             "5/(2x-1)^4",
                             "x/sqrt(1+x)"})
        QTest::newRow(body) << body;
}

// (f(x + h) - f(x - h))/(2h) for a tiny h, in intervals fine enough that only the error of the quotient itself counts.
void DerivativeTest::agreesWithDifferenceQuotients()
{
    QFETCH(QString, body);
    const ParseResult tree = parseMath(body.toStdString());
    QVERIFY(tree);
    const auto derivation = differentiate(*tree, "x", patience);
    QVERIFY2(derivation, derivation ? "" : derivation.error().c_str());
    int compared = 0;
    for (const auto& [top, bottom] : {std::pair(3L, 7UL), {13L, 5UL}, {11L, 10UL}}) {
        const Rational at(top, bottom);
        Rational step(1), right, left;
        fmpz_ui_pow_ui(fmpq_denref(step.get()), 10, 30);
        fmpq_add(right.get(), at.get(), step.get());
        fmpq_sub(left.get(), at.get(), step.get());
        const auto value = [&](const Expr& e, const Rational& x) { return evaluateBall(e, {{"x", x}}, 512, patience); };
        const BallValue claimed = value(derivation->value, at), up = value(*tree, right), down = value(*tree, left);
        if (claimed.status != BallStatus::Defined || up.status != BallStatus::Defined)
            continue;
        Ball quotient = up.ball, width;
        acb_sub(quotient.get(), quotient.get(), down.ball.get(), 512);
        acb_set_fmpq(width.get(), step.get(), 512);
        acb_div(quotient.get(), quotient.get(), width.get(), 512);
        acb_mul_2exp_si(quotient.get(), quotient.get(), -1);
        acb_sub(quotient.get(), quotient.get(), claimed.ball.get(), 512);
        arf_t size;
        arf_init(size);
        acb_get_abs_ubound_arf(size, quotient.get(), 64);
        const bool small = arf_cmpabs_2exp_si(size, -100) < 0;
        arf_clear(size);
        QVERIFY2(small, toPlain(derivation->value).c_str());
        ++compared;
    }
    QVERIFY(compared > 0);
}

void DerivativeTest::stepsNameTheRules()
{
    const auto derivation = differentiate(*parseMath("x^2 \\sin(3x)"), "x", patience);
    QVERIFY(derivation);
    std::string names;
    for (const SolutionStep& step : derivation->steps)
        names += std::string(actionName(step.action)) + ' ';
    QCOMPARE(names, std::string("product-rule power-rule chain-rule simplify "));
    QCOMPARE(toPlain(derivation->steps[1].to), std::string("2 x"));
    QCOMPARE(toPlain(derivation->steps.back().to), std::string("2 x sin(3 x) + 3 x^2 cos(3 x)"));
}

void DerivativeTest::refusesWhatHasNone_data()
{
    QTest::addColumn<QString>("body");
    for (const char* body : {"\\lfloor x \\rfloor", "x!", "\\gcd(x, 4)", "x^2+y^2", "\\max(x, 1)",
                             "\\frac{d^{100}}{dx^{100}} \\sin x", "x \\bmod 3"})
        QTest::newRow(body) << body;
}

void DerivativeTest::refusesWhatHasNone()
{
    QFETCH(QString, body);
    const std::string text = derivativeText(body.toStdString());
    QVERIFY2(text.starts_with("unknown: "), text.c_str());
}

QTEST_APPLESS_MAIN(DerivativeTest)
#include "derivative_test.moc"
