// Limits, sums and products whose values are known, and those that have none or cannot be decided here.
#include <chrono>
#include <string>

#include <QTest>

#include "tutor/calculus/limit.h"
#include "tutor/calculus/running.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"

using namespace lemma::tutor;

class LimitTest : public QObject {
    Q_OBJECT

private slots:
    void limits_data();
    void limits();
    void limitSteps();
    void sums_data();
    void sums();
};

void LimitTest::limits_data()
{
    QTest::addColumn<QString>("limit");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* limit, const char* value) { QTest::newRow(limit) << limit << value; };
    row("\\lim_{x\\to 2} x^2", "4");
    row("\\lim_{x\\to 1}\\frac{x^2-1}{x-1}", "2");
    row("\\lim_{x\\to 0}\\frac{\\sin x}{x}", "1");
    row("\\lim_{x\\to 0}\\frac{\\sin 3x}{\\sin 5x}", "3/5");
    row("\\lim_{x\\to 0}\\frac{1-\\cos x}{x^2}", "1/2");
    row("\\lim_{x\\to 0}\\frac{e^x-1}{x}", "1");
    row("\\lim_{x\\to 0}\\frac{\\ln(1+x)}{x}", "1");
    row("\\lim_{x\\to 0}\\frac{\\tan x-x}{x^3}", "1/3");
    row("\\lim_{x\\to 0}\\frac{\\sqrt{1+x}-1}{x}", "1/2");
    row("\\lim_{x\\to 4}\\frac{\\sqrt{x}-2}{x-4}", "1/4");
    row("\\lim_{x\\to\\infty}\\frac{2x+1}{x}", "2");
    row("\\lim_{x\\to\\infty}\\frac{3x^2+1}{x^2-x}", "3");
    row("\\lim_{x\\to\\infty}\\frac{x}{x^2+1}", "0");
    row("\\lim_{x\\to\\infty}\\frac{x^3}{x+1}", "infinity");
    row("\\lim_{x\\to -\\infty}\\frac{x^3}{x^2+1}", "-infinity");
    row("\\lim_{x\\to\\infty}(\\sqrt{x^2+x}-x)", "1/2");
    row("\\lim_{x\\to -\\infty}\\frac{\\sqrt{x^2+1}}{x}", "-1");
    row("\\lim_{x\\to\\infty}(1+\\frac{1}{x})^x", "e");
    row("\\lim_{x\\to 0}(1+2x)^{1/x}", "e^2");
    row("\\lim_{x\\to 0}\\frac{1}{x^2}", "infinity");
    row("\\lim_{x\\to 0}\\frac{1}{x}", "none");
    row("\\lim_{x\\to 0^+}\\frac{1}{x}", "infinity");
    row("\\lim_{x\\to 0^-}\\frac{1}{x}", "-infinity");
    row("\\lim_{x\\to 0}\\frac{|x|}{x}", "none");
    row("\\lim_{x\\to 2^-}\\frac{|x-2|}{x-2}", "-1");
    row("\\lim_{x\\to 3}\\frac{x+1}{x-3}", "none");
    row("\\lim_{x\\to\\pi}\\cos x", "-1");
    row("\\lim_{x\\to 1} e^x", "e");
    row("\\lim_{x\\to 1}\\ln x", "0");
    row("\\lim_{h\\to 0}\\frac{(2+h)^2-4}{h}", "4");
    row("\\lim_{x\\to 0}\\sin\\frac{1}{x}", "unknown");
    row("\\lim_{x\\to 0}\\sqrt{x}", "unknown");
    row("\\lim_{x\\to 2}\\lfloor x\\rfloor", "unknown");
    row("\\lim_{x\\to 0} x^x", "unknown");
    row("\\lim_{x\\to\\infty}\\sin x", "unknown");
    row("\\lim_{x\\to a} x^2", "unknown");
}

void LimitTest::limits()
{
    QFETCH(QString, limit);
    QFETCH(QString, value);
    const ParseResult tree = parseMath(limit.toStdString());
    QVERIFY2(tree, tree ? "" : tree.error().message.c_str());
    const auto found = limitOf(*tree, Budget(std::chrono::seconds(1)));
    QCOMPARE(QString::fromStdString(!found ? "unknown" : found->value ? toPlain(found->value) : "none"), value);
}

void LimitTest::limitSteps()
{
    const auto names = [](const char* text) {
        std::string result;
        const auto found = limitOf(*parseMath(text), Budget(std::chrono::seconds(1)));
        for (const SolutionStep& step : found->steps)
            result += std::string(actionName(step.action)) + ' ';
        return result;
    };
    QCOMPARE(names("\\lim_{x\\to 1}\\frac{x^2-1}{x-1}"), std::string("cancel-common-factor insert-point "));
    QCOMPARE(names("\\lim_{x\\to\\infty}\\frac{2x+1}{x}"), std::string("leading-term insert-point "));
    QCOMPARE(names("\\lim_{x\\to 0}\\frac{1}{x}"), std::string("left-and-right left-and-right "));
}

void LimitTest::sums_data()
{
    QTest::addColumn<QString>("running");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* running, const char* value) { QTest::newRow(running) << running << value; };
    row("\\sum_{k=1}^{10} k^2", "385");
    row("\\sum_{k=1}^{100} k", "5050");
    row("\\sum_{k=1}^{1000000} k", "500000500000");
    row("\\sum_{k=3}^{3} k", "3");
    row("\\sum_{i=0}^{4} 2^i", "31");
    row("\\sum_{k=1}^{4}\\frac{1}{k}", "25/12");
    row("\\sum_{k=1}^{n} k", "n (n + 1)/2");
    row("\\sum_{k=1}^{n} k^2", "n (2 n + 1) (n + 1)/6");
    row("\\sum_{k=1}^{n} (2k-1)", "n^2");
    row("\\sum_{k=1}^{n} 3", "3 n");
    row("\\sum_{k=0}^{n} 2^k", "2^(n + 1) - 1");
    row("\\sum_{k=0}^{\\infty} (1/2)^k", "2");
    row("\\sum_{k=1}^{\\infty} \\frac{3}{10^k}", "1/3");
    row("\\sum_{k=0}^{\\infty} 2^k", "unknown");
    row("\\sum_{k=1}^{\\infty} \\frac{1}{k^2}", "unknown");
    row("\\sum_{k=0}^{\\infty} (-1)^k", "unknown");
    row("\\sum_{k=5}^{1} k", "unknown");
    row("\\prod_{k=1}^{5} k", "120");
    row("\\prod_{k=1}^{n} k", "n!");
    row("\\prod_{k=2}^{5} \\frac{k-1}{k}", "1/5");
}

void LimitTest::sums()
{
    QFETCH(QString, running);
    QFETCH(QString, value);
    const ParseResult tree = parseMath(running.toStdString());
    QVERIFY2(tree, tree ? "" : tree.error().message.c_str());
    const auto found = addUp(*tree, Budget(std::chrono::seconds(1)));
    QCOMPARE(QString::fromStdString(found ? toPlain(found->value) : "unknown"), value);
}

QTEST_APPLESS_MAIN(LimitTest)
#include "limit_test.moc"
