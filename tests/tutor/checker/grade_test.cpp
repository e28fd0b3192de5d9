// Equalities and near misses of school algebra, and texts that were written to hurt. A row says what must come out.
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <QTest>

#include "tutor/checker/grade.h"

using namespace lemma::tutor;

class GradeTest : public QObject {
    Q_OBJECT

private slots:
    void equal_data();
    void equal();
    void different_data();
    void different();
    void hostile_data();
    void hostile();
    void counterexampleIsSimple();
    void reasonsSayHowWell();
    void doubtfulPairsAreNotDecided();
    void policies();
    void policyAsJson();
    void assumptions();
    void stopsOnRequest();
    void threadsAgree();
};

static void pair(const char* gold, const char* answer)
{
    QTest::newRow((std::string(gold) + " | " + answer).c_str()) << QString(gold) << QString(answer);
}

void GradeTest::equal_data()
{
    QTest::addColumn<QString>("gold");
    QTest::addColumn<QString>("answer");
    pair("1/2", "0.5");
    pair("\\frac12", "\\frac{2}{4}");
    pair("0.1+0.2", "0.3");
    pair("\\sqrt{8}", "2\\sqrt2");
    pair("\\frac{1}{1+\\sqrt2}", "\\sqrt2-1");
    pair("\\sqrt{3+2\\sqrt2}", "1+\\sqrt2");
    pair("\\ln 6", "\\ln 2+\\ln 3");
    pair("\\sin\\frac{\\pi}{6}", "1/2");
    pair("\\cos 60^\\circ", "\\frac12");
    pair("\\log_2 8", "3");
    pair("\\sqrt[3]{-8}", "-2");
    pair("1 1/2", "3/2");
    pair("1,000", "1000");
    pair("20\\%", "0.2");
    pair("20\\%", "20");
    pair("5\\text{ cm}", "5");
    pair("(x+1)^2", "x^2+2x+1");
    pair("2(x+3)", "2x+6");
    pair("x^2-5x+6", "(x-2)(x-3)");
    pair("\\sin^2 x+\\cos^2 x", "1");
    pair("\\tan^2 y+1", "\\sec^2 y");
    pair("\\frac{x^2-1}{x-1}", "x+1");
    pair("\\frac{1}{x}+\\frac{1}{y}", "\\frac{x+y}{xy}");
    pair("\\sqrt{x^2}", "|x|");
    pair("e^{x+y}", "e^x e^y");
    pair("x^{-2}", "\\frac{1}{x^2}");
    pair("x^{1/2}", "\\sqrt{x}");
    pair("e^{i\\pi}", "-1");
    pair("(1+i)^2", "2i");
    pair("x=5", "5");
    pair("\\{1,2\\}", "2, 1");
    pair("x=1 or x=2", "x=2 or x=1");
    pair("3\\pm\\sqrt2", "\\{3+\\sqrt2, 3-\\sqrt2\\}");
    pair("(1,\\frac92)", "(1,4.5)");
    pair("[0,1)", "[0, 1)");
    pair("\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}", "\\begin{bmatrix}1&0\\\\0&1\\end{bmatrix}");
    pair("34x+45y-20z+100=0", "-34x-45y+20z-100=0");
    pair("x\\le 5", "5\\ge x");
    pair("-2x<6", "x>-3");
    pair("\\text{Even}", "even");
    pair("no solution", "No solution.");
    pair("\\binom{5}{2}", "10");
    pair("5!", "120");
    pair("\\sum_{k=1}^{10} k", "55");
    pair("|{-3}|", "3");
    pair("10^(10^9)", "10^(10^9)");
}

void GradeTest::equal()
{
    QFETCH(QString, gold);
    QFETCH(QString, answer);
    for (const auto& [a, b] : {std::pair(gold, answer), std::pair(answer, gold)}) {
        const Verdict verdict = grade(a.toStdString(), b.toStdString(), {}, Budget(std::chrono::seconds(1)));
        QVERIFY2(verdict.equality == Equality::Equal, std::string(reasonName(verdict.reason)).c_str());
    }
}

void GradeTest::different_data()
{
    QTest::addColumn<QString>("gold");
    QTest::addColumn<QString>("answer");
    pair("1/3", "0.333");
    pair("\\pi", "3.14159");
    pair("\\sqrt2", "1.41421356");
    pair("(x+1)^2", "x^2+1");
    pair("(a+b)^3", "a^3+b^3");
    pair("-2^2", "4");
    pair("-(x-3)", "-x-3");
    pair("2(x+3)", "2x+3");
    pair("\\frac{1}{x}+\\frac{1}{y}", "\\frac{2}{x+y}");
    pair("\\sqrt{x^2}", "x");
    pair("\\sqrt{a+b}", "\\sqrt a+\\sqrt b");
    pair("\\sin 2x", "2\\sin x");
    pair("\\ln(x+y)", "\\ln x+\\ln y");
    pair("x^2", "2x");
    pair("f(x)", "f(y)");
    pair("x+2n+1", "x+1");
    pair("(1,2)", "(2,1)");
    pair("(0,9)", "[0,9)");
    pair("\\{1,2\\}", "\\{1,3\\}");
    pair("\\{1,2\\}", "1");
    pair("\\pm 2021", "2021");
    pair("x>5", "x<5");
    pair("x<5", "x\\le 5");
    pair("-2x<6", "x<-3");
    pair("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "\\begin{pmatrix}1&2\\\\3&5\\end{pmatrix}");
    pair("\\text{odd}", "\\text{oddd}");
    pair("20\\%", "2");
    pair("2x+z=1", "1");
    pair("10^(10^9)", "1");
}

void GradeTest::different()
{
    QFETCH(QString, gold);
    QFETCH(QString, answer);
    for (const auto& [a, b] : {std::pair(gold, answer), std::pair(answer, gold)}) {
        const Verdict verdict = grade(a.toStdString(), b.toStdString(), {}, Budget(std::chrono::seconds(1)));
        QVERIFY2(verdict.equality == Equality::Different, std::string(reasonName(verdict.reason)).c_str());
    }
}

void GradeTest::hostile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("10^(10^9)") << QByteArray("10^(10^9)");
    QTest::newRow("9^9^9") << QByteArray("9^9^9");
    QTest::newRow("tower") << QByteArray("2^2^2^2^2^2");
    QTest::newRow("factorial") << QByteArray("100000!");
    QTest::newRow("factorials") << QByteArray("9!!!!");
    QTest::newRow("sine of much") << QByteArray("\\sin(10^(10^6))");
    QTest::newRow("braces") << QByteArray(10'000, '{');
    QTest::newRow("1 MB") << QByteArray(1'000'000, '9');
    QTest::newRow("big sum") << QByteArray("\\sum_{k=1}^{1000000000} k^k");
    QTest::newRow("nested sums") << QByteArray("\\sum_{a=1}^{999}\\sum_{b=1}^{999}\\sum_{c=1}^{999} abc");
    QTest::newRow("roots") << QByteArray("\\sqrt2+\\sqrt3+\\sqrt5+\\sqrt7+\\sqrt{11}+\\sqrt{13}+\\sqrt{17}+\\sqrt{19}");
    QTest::newRow("deep roots") << "\\sqrt{2+" + QByteArray("\\sqrt{2+").repeated(20) + "1" + QByteArray(21, '}');
    QTest::newRow("power of a sum") << QByteArray("(a+b+c+d+e+f)^{1000000}");
    QTest::newRow("binomial") << QByteArray("\\binom{10^9}{10^8}");
    QTest::newRow("tiny") << QByteArray("1e-999999999");
}

void GradeTest::hostile()
{
    QFETCH(QByteArray, text);
    const std::string plain = text.toStdString();
    for (const std::string& other : {plain + "+1", std::string("x"), "0+" + plain}) {
        const Budget budget;
        const Verdict verdict = grade(plain, other, {}, budget);
        // One operation is paid before it is done, so the last one may go a little over.
        QVERIFY2(budget.used() < budget.allowance() + 5000, std::to_string(budget.used()).c_str());
        if (other == plain + "+1")
            QVERIFY2(verdict.equality != Equality::Equal, std::string(reasonName(verdict.reason)).c_str());
    }
}

void GradeTest::counterexampleIsSimple()
{
    const Verdict verdict = grade("(x+1)^2", "x^2+1");
    QVERIFY(verdict.counterexample.has_value());
    QCOMPARE(QString::fromStdString(verdict.counterexample->text()), QString("x = 1: 4 and 2"));
    QCOMPARE(QString::fromStdString(grade("x<5", "x\\le 5").counterexample->text()), QString("x = 5: false and true"));
}

void GradeTest::reasonsSayHowWell()
{
    QCOMPARE(grade("(x+1)^2", "x^2+2x+1").reason, ReasonKind::Exact);
    QCOMPARE(grade("\\frac1x+\\frac1y", "\\frac{x+y}{xy}").reason, ReasonKind::Exact);
    QCOMPARE(grade("\\sin^2 x+\\cos^2 x", "1").reason, ReasonKind::Points);
    // A whole is only as well known as its weakest part.
    QCOMPARE(grade("\\{\\sin^2 x+\\cos^2 x, 2\\}", "\\{2, 1\\}").reason, ReasonKind::Points);
    QCOMPARE(grade("(\\sin^2 x+\\cos^2 x, 2)", "(1, 2)").reason, ReasonKind::Points);
    QCOMPARE(grade("\\{(x+1)^2, 2\\}", "\\{2, x^2+2x+1\\}").reason, ReasonKind::Exact);
}

void GradeTest::doubtfulPairsAreNotDecided()
{
    // The same solutions (none), though the signs differ.
    QVERIFY(grade("x^2+1<0", "x^2+1\\le 0").equality != Equality::Different);
    QVERIFY(grade("x>5", "(5,\\infty)").equality != Equality::Different);
    QVERIFY(grade("\\infty-\\infty", "0").equality != Equality::Equal);
    QVERIFY(grade("\\frac{1}{x-x}", "\\frac{2}{2x-2x}").equality != Equality::Equal);
    QVERIFY(grade("5\\text{ hr}", "5\\text{ hours}").equality != Equality::Different);
    QVERIFY(grade("5\\text{ cm}", "5\\text{ m}").equality != Equality::Equal);
    QVERIFY(grade("f(2x)", "2f(x)").equality != Equality::Equal);
}

void GradeTest::policies()
{
    Policy policy;
    policy.form = RequiredForm::LowestTerms;
    QCOMPARE(grade("1/2", "2/4", policy).equality, Equality::Equal);
    QCOMPARE(grade("1/2", "2/4", policy).form, Form::Wrong);
    QCOMPARE(grade("1/2", "1/2", policy).form, Form::Ok);
    policy.form = RequiredForm::Decimals;
    QCOMPARE(grade("1/2", "0.50", policy).form, Form::Ok);
    QCOMPARE(grade("1/2", "0.5", policy).form, Form::Wrong);
    policy.form = RequiredForm::SignificantFigures;
    QCOMPARE(grade("1200", "1200", policy).form, Form::Ok);
    QCOMPARE(grade("0.0120", "0.0120", policy).form, Form::Wrong);
    policy.form = RequiredForm::ExactNotDecimal;
    QCOMPARE(grade("1/2", "0.5", policy).form, Form::Wrong);
    policy = {};
    policy.toleranceKind = ToleranceKind::Absolute;
    policy.tolerance = "0.01";
    QCOMPARE(grade("\\pi", "3.14", policy).reason, ReasonKind::Tolerance);
    QCOMPARE(grade("\\pi", "3.1", policy).equality, Equality::Different);
    QCOMPARE(grade("2.5", "2.51", policy).reason, ReasonKind::Tolerance);
    policy = {};
    policy.prefixAllowed = false;
    QCOMPARE(grade("5", "x=5", policy).equality, Equality::Different);
    policy = {};
    policy.listIsOrdered = true;
    QCOMPARE(grade("1, 2", "2, 1", policy).equality, Equality::Different);
    policy = {};
    policy.units = UnitsPolicy::Required;
    QCOMPARE(grade("5\\text{ cm}", "5", policy).equality, Equality::Different);
}

void GradeTest::policyAsJson()
{
    const auto policy = policyFromJson(R"({"form": "decimals", "digits": 3, "tolerance": 0.05, "assume": ["x > 0"]})");
    QVERIFY(policy.has_value());
    QCOMPARE(policy->digits, 3);
    QCOMPARE(policy->toleranceKind, ToleranceKind::Absolute);
    QCOMPARE(QString::fromStdString(policy->tolerance), QString("0.05"));
    const auto again = policyFromJson(policyToJson(*policy));
    QVERIFY(again.has_value());
    QCOMPARE(policyToJson(*again), policyToJson(*policy));
    for (const char* bad : {"", "[]", "{", R"({"form": "pretty"})", R"({"colour": 1})", R"({"digits": -1})",
                            R"({"tolerance": "1/0"})", R"({"assume": ["x +"]})", R"({"digits": 1e30})"})
        QVERIFY2(!policyFromJson(bad), bad);
}

void GradeTest::assumptions()
{
    Policy policy;
    QCOMPARE(grade("\\sqrt{x^2}", "x", policy).equality, Equality::Different);
    QVERIFY(policy.assumptions.assume("x > 0").has_value());
    QCOMPARE(grade("\\sqrt{x^2}", "x", policy).equality, Equality::Equal);
    QVERIFY(!policy.assumptions.assume("x + 1").has_value());
    Policy whole;
    QVERIFY(whole.assumptions.assume("n \\in \\mathbb{Z}").has_value());
    QCOMPARE(grade("\\lfloor n \\rfloor", "n", whole).equality, Equality::Equal);
    QCOMPARE(grade("\\lfloor n \\rfloor", "n").equality, Equality::Different);
}

void GradeTest::stopsOnRequest()
{
    std::stop_source source;
    source.request_stop();
    QVERIFY(grade("(x+1)^2", "x^2+2x+1", {}, Budget(std::chrono::seconds(1), source.get_token())).equality ==
            Equality::Unknown);
}

void GradeTest::threadsAgree()
{
    std::vector<int> wrong(4, 0);
    {
        std::vector<std::jthread> threads;
        for (int& count : wrong)
            threads.emplace_back([&count] {
                for (int i = 0; i < 50; ++i) {
                    count +=
                        grade("\\sqrt8", "2\\sqrt2", {}, Budget(std::chrono::seconds(5))).equality == Equality::Equal
                            ? 0
                            : 1;
                    count +=
                        grade("x^2-1", "(x-1)(x+1)", {}, Budget(std::chrono::seconds(5))).equality == Equality::Equal
                            ? 0
                            : 1;
                }
            });
    }
    QCOMPARE(wrong, std::vector<int>(4, 0));
}

QTEST_APPLESS_MAIN(GradeTest)
#include "grade_test.moc"
