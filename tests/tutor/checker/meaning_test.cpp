// What is read of LaTeX means what SymPy says it means: rows of our own, and those of another parser's tests.
#include <fstream>
#include <iterator>
#include <string>

#include <QStringList>
#include <QTest>
#include <nlohmann/json.hpp>

#include "tutor/checker/equality.h"
#include "tutor/checker/meaning.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"
#include "tutor/math/sympy_text.h"

using namespace lemma::tutor;

class MeaningTest : public QObject {
    Q_OBJECT

private slots:
    void sympyText_data();
    void sympyText();
    void sympyErrors();
    void meanings_data();
    void meanings();
    void rowsOfAnotherParser();
    void rowsAreReadBackAsPrinted();
};

void MeaningTest::sympyText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tree");
    const auto row = [](const char* text, const char* tree) { QTest::newRow(text) << QString(text) << QString(tree); };
    row("-x**2/3", "divide(negate(power(x, 2)), 3)");
    row("2**-x", "power(2, negate(x))");
    row("1.5e-11*x", "multiply(1.5e-11, x)");
    row("log(x, E) + log(x, 2)", "add(ln(x), log(x, 2))");
    row("exp(I*pi)", "power(e, multiply(i, pi))");
    row("bar{x}_{ij}**2", "power(bar{x}_ij, 2)");
    row("h_{\\theta}", "h_theta");
    row("Interval.Lopen(a, oo)", "bracket:(](a, infinity)");
    row("{1, 2}", "set(1, 2)");
    row("(1, 2, 3)", "bracket:()(1, 2, 3)");
    row("Eq(x, {1, 2})", "relation:e(x, set(1, 2))");
    row("~(Eq(x, {1, 2}))", "relation:n(x, set(1, 2))");
    row("Matrix([\n[ 1, 2],\n[3, 4]])", "matrix(1, 2, 3, 4)");
    row("Integral(x, (x, a, b))", "integral(x, x, a, b)");
    row("Sum(1/factorial(n), (n, 0, oo))", "sum(divide(1, factorial(n)), n, 0, infinity)");
    row("Limit(1/x, x, 3, dir='-')", "limit:-(divide(1, x), x, 3)");
    row("Limit(1/x, x, oo, dir='-')", "limit(divide(1, x), x, infinity)");
    row("Derivative(f, (x, 2))", "derivative(f, x, 2)");
}

void MeaningTest::sympyText()
{
    QFETCH(QString, text);
    QFETCH(QString, tree);
    const ParseResult result = parseSympy(text.toStdString());
    QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
    QCOMPARE(QString::fromStdString(toTreeText(*result)), tree);
}

void MeaningTest::sympyErrors()
{
    for (const char* text : {"", "1 +", "f(", "x_{i", "None", "sqrt()", "Matrix([[1], [2, 3]])", "1 2", "Sum(x, x)"})
        QVERIFY2(!parseSympy(text), text);
    QVERIFY(!parseSympy(std::string(10'000, '(')));
    QVERIFY(!parseSympy(std::string(10'000, '-')));
    QVERIFY(!parseSympy(std::string(100'000, '1')));
}

void MeaningTest::meanings_data()
{
    QTest::addColumn<QString>("latex");
    QTest::addColumn<QString>("sympy");
    QTest::addColumn<QString>("meaning");
    const auto row = [](const char* latex, const char* sympy, const char* meaning) {
        QTest::newRow(latex) << QString(latex) << QString(sympy) << QString(meaning);
    };
    row("\\int {t dt}", "Integral(t, t)", "same");
    row("\\int (\\frac{1}{t} dt)", "Integral(1/t, t)", "same");
    row("p / 7q", "p/(7*q)", "same");
    row("p / 7q", "p*q/7", "other");
    row("1/2x", "x/2", "same");
    row("x/2\\pi", "x/(2*pi)", "same");
    row("a/b c", "a*c/b", "same");
    row("-7 \\mod 4", "1", "same");
    row("x - 7 \\mod 4", "x - 3", "same");
    row("3.75 \\bmod (1/2)", "1/4", "same");
    row("\\char\"3C0", "pi", "same");
    row("k \\\\in \\\\left[0, \\\\frac{1}{2}\\\\right]", "Eq(k, Interval(0, 1/2))", "same");
    row("\\begin{pmatrix}a\\\\b\\end{pmatrix}", "Matrix([[a], [b]])", "same");
    row("[0,1] \\setminus {0}", "Complement(Interval(0, 1), {0})", "same");
    row("{A} \\cup {B}", "Union(A, B)", "same");
    row("\\{\\}", "EmptySet", "same");
    row("\\gcd(6, 4x)", "2", "same");
    row("\\gcd(x^2-1, x^2-x)", "x - 1", "same");
    row("\\gcd(0.6, 1.5)", "3/10", "same");
    row("\\max(\\sqrt{2}, \\sqrt{3}, 1)", "sqrt(3)", "same");
    row("\\frac{1}{3}", "0.333333333333333", "same");
    row("\\frac{1}{3}", "0.333", "other");
    row("2^{10}", "20", "other");
    row("\\sin x", "cos(x)", "other");
    row("x", "None", "not-read");
}

void MeaningTest::meanings()
{
    QFETCH(QString, latex);
    QFETCH(QString, sympy);
    QFETCH(QString, meaning);
    const ParseResult tree = parseMath(latex.toStdString());
    QVERIFY2(tree.has_value(), tree ? "" : tree.error().message.c_str());
    const std::string found(meaningName(compareWithSympy(*tree, sympy.toStdString())));
    QVERIFY2(found == meaning.toStdString(), (found + ": " + toTreeText(*tree)).c_str());
}

// At least 97 of 100 rows with a meaning have it; every row that is no mathematics is refused.
void MeaningTest::rowsOfAnotherParser()
{
    std::ifstream file(LEMMA_TEST_DATA_DIR "/tutor/latex_parse/cases.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
    QVERIFY(document.is_object());
    int mathematics = 0, same = 0;
    for (const nlohmann::json& row : document["cases"]) {
        const std::string latex = row["latex"];
        const ParseResult tree = parseMath(latex);
        if (!row["ok"].get<bool>()) {
            QVERIFY2(!tree, latex.c_str());
            continue;
        }
        const std::string sympy = row["sympy"];
        if (sympy == "None") // their parser's value, and not an expression
            continue;
        ++mathematics;
        const Meaning meaning = tree ? compareWithSympy(*tree, sympy) : Meaning::NotRead;
        same += meaning == Meaning::Same ? 1 : 0;
        if (meaning != Meaning::Same)
            qInfo("%s: %s, but SymPy's is %s", std::string(meaningName(meaning)).c_str(), latex.c_str(), sympy.c_str());
    }
    qInfo("%d of %d rows mean what SymPy says", same, mathematics);
    QCOMPARE(mathematics, 572);
    QVERIFY(same * 100 >= mathematics * 97);
}

// Printed as LaTeX and read again, every row is the same tree, or another of the same value.
void MeaningTest::rowsAreReadBackAsPrinted()
{
    std::ifstream file(LEMMA_TEST_DATA_DIR "/tutor/latex_parse/cases.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
    int count = 0, sameTrees = 0;
    QStringList lost;
    for (const nlohmann::json& row : document["cases"]) {
        const ParseResult tree = parseMath(row["latex"].get<std::string>());
        if (!tree || row["latex"].get<std::string>().starts_with("\\variable")) // names of no notation
            continue;
        ++count;
        const std::string printed = toLatex(*tree);
        const ParseResult again = parseMath(printed);
        const bool same = again && sameTree(*again, *tree);
        sameTrees += same ? 1 : 0;
        if (!same && !(again && compare(*tree, *again).equality == Equality::Equal))
            lost << QString::fromStdString(printed + "  for  " + toTreeText(*tree) +
                                           (again ? "  is  " + toTreeText(*again) : "  is not read"));
    }
    qInfo("%d texts, %d of them read back as the same tree", count, sameTrees);
    for (const QString& one : lost)
        qInfo("lost: %s", qPrintable(one));
    QVERIFY(lost.isEmpty());
}

QTEST_APPLESS_MAIN(MeaningTest)
#include "meaning_test.moc"
