// Known solution sets, traps among them; equations built from known roots; hostile texts.
#include <chrono>
#include <random>
#include <string>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tutor/math/print.h"
#include "tutor/solver/solve.h"

using namespace lemma::tutor;

static Solution solved(const std::string& text, const SolveOptions& options = {})
{
    return solveText(text, options, Budget(std::chrono::seconds(5)));
}

class SolveTest : public QObject {
    Q_OBJECT

private slots:
    void cases_data();
    void cases();
    void stepsNameWhatWasDone();
    void extraneousSolutionsAreNamed();
    void everyActionHasWords();
    void exponentialEquationsFromKnownSolutions();
    void equationsFromKnownRoots();
    void rationalEquationsRejectExcludedRoots();
    void inequalitiesAgreeWithTheirSigns();
    void systemsFromKnownPoints();
    void hostileTextsAreUnknown_data();
    void hostileTextsAreUnknown();
    void noTimeIsUnknown();
};

void SolveTest::cases_data()
{
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("set");
    QFile file(LEMMA_TEST_DATA);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll())["cases"].toArray();
    QVERIFY(!rows.isEmpty());
    for (const QJsonValue& row : rows)
        QTest::newRow(qPrintable(row["problem"].toString() + ' ' + row["domain"].toString()))
            << row["problem"].toString() << row["domain"].toString() << row["set"].toString();
}

void SolveTest::cases()
{
    QFETCH(QString, problem);
    QFETCH(QString, domain);
    QFETCH(QString, set);
    SolveOptions options;
    options.domain = domain == "complex" ? Domain::Complex : Domain::Real;
    const Solution solution = solved(problem.toStdString(), options);
    QCOMPARE(QString::fromStdString(solution.solved ? toPlain(solution.set) : "unknown"), set);
    QCOMPARE(solution.reason.empty(), solution.solved);
}

void SolveTest::stepsNameWhatWasDone()
{
    const Solution solution = solved("x/(x-2) = 2/(x-2)");
    std::vector<std::string_view> names;
    for (const SolutionStep& step : solution.steps)
        names.push_back(actionName(step.action));
    const std::vector<std::string_view> expected = {"name-excluded", "clear-denominators", "divide", "reject-excluded"};
    QVERIFY(names == expected);
    QCOMPARE(toPlain(solution.steps[2].to), std::string("x = 2"));
}

void SolveTest::extraneousSolutionsAreNamed()
{
    const Solution solution = solved("sqrt(x+2) = x");
    std::string names;
    std::string rejected;
    for (const SolutionStep& step : solution.steps) {
        names += std::string(actionName(step.action)) + ' ';
        if (step.action == Action::RejectExtraneous)
            rejected += toPlain(step.from) + ' ';
    }
    QVERIFY2(names.starts_with("isolate-radical raise-to-power"), names.c_str());
    QCOMPARE(rejected, std::string("x = -1 "));
    QCOMPARE(toPlain(solution.set), std::string("{2}"));
}

// Every step of a limit, an integral or a derivative has words for a student.
void SolveTest::everyActionHasWords()
{
    for (int i = 0; i <= static_cast<int>(Action::HalvesWithoutMiddle); ++i) {
        QVERIFY(!actionName(static_cast<Action>(i)).empty());
        QVERIFY(!actionSentence(static_cast<Action>(i)).empty());
    }
}

// a^(m x) = b^n for whole numbers has the one solution n ln b/(m ln a), and its value is checked with a calculator's
// eyes: inserted as a double.
void SolveTest::exponentialEquationsFromKnownSolutions()
{
    for (int base = 2; base <= 12; ++base) {
        for (int n = -3; n <= 6; ++n) {
            const std::string text =
                std::to_string(base) + "^{2x} = " + std::to_string(base) + "^{" + std::to_string(n) + "}";
            const Solution solution = solved(text);
            QVERIFY2(solution.solved, text.c_str());
            const std::string half = n % 2 == 0 ? std::to_string(n / 2) : std::to_string(n) + "/2";
            QCOMPARE(toPlain(solution.set), "{" + half + "}");
        }
    }
}

// (b1 x - a1) ... (bn x - an), written out as factors on one side or expanded by the solver itself.
void SolveTest::equationsFromKnownRoots()
{
    std::mt19937 random(7);
    std::uniform_int_distribution<int> degree(1, 5);
    std::uniform_int_distribution<int> number(-9, 9);
    std::uniform_int_distribution<int> shift(1, 50);
    int unknown = 0;
    constexpr int rounds = 1000;
    for (int round = 0; round < rounds; ++round) {
        std::set<int> roots;
        std::string left = "1";
        for (int i = degree(random); i > 0; --i) {
            const int root = number(random);
            roots.insert(root);
            left += "(x-(" + std::to_string(root) + "))";
        }
        const std::string same = std::to_string(shift(random)) + "x";
        const Solution solution = solved(left + "+" + same + "=" + same);
        if (!solution.solved) {
            ++unknown;
            continue;
        }
        std::set<std::string> expected;
        for (const int root : roots)
            expected.insert(std::to_string(root));
        std::set<std::string> found;
        for (const Expr& value : solution.solutions)
            found.insert(toPlain(value));
        QVERIFY2(found == expected, left.c_str());
        QCOMPARE(solution.solutions.size(), expected.size());
    }
    qInfo("%d of %d unknown", unknown, rounds);
    QCOMPARE(unknown, 0);
}

// (x - a)(x - b)/(x - a) = 0 has the root b alone, and none if b = a.
void SolveTest::rationalEquationsRejectExcludedRoots()
{
    for (int a = -4; a <= 4; ++a) {
        for (int b = -4; b <= 4; ++b) {
            const std::string gap = "(x-(" + std::to_string(a) + "))";
            const Solution solution = solved(gap + "(x-(" + std::to_string(b) + "))/" + gap + "=0");
            QVERIFY(solution.solved);
            QCOMPARE(toPlain(solution.set), a == b ? std::string("∅") : "{" + std::to_string(b) + "}");
        }
    }
}

// Every whole number from -12 to 12 is in the printed answer exactly if the inequality holds there.
void SolveTest::inequalitiesAgreeWithTheirSigns()
{
    std::mt19937 random(11);
    std::uniform_int_distribution<int> number(-6, 6);
    for (int round = 0; round < 300; ++round) {
        const int a = number(random);
        const int b = number(random);
        const int c = number(random);
        const auto factor = [](int root) { return "(x-(" + std::to_string(root) + "))"; };
        const Solution solution = solved(factor(a) + factor(b) + "/" + factor(c) + "<=0");
        QVERIFY(solution.solved);
        const auto holds = [&](int x) { return x != c && (x - a) * (x - b) * (x - c) <= 0; };
        const std::vector<Expr> parts =
            solution.set->kind == Kind::Union ? solution.set->args : std::vector<Expr>{solution.set};
        const auto value = [](const Expr& e, int infinite) {
            return toPlain(e).find("infinity") == std::string::npos ? std::stoi(toPlain(e)) : infinite;
        };
        for (int x = -12; x <= 12; ++x) {
            bool inside = false;
            for (const Expr& part : parts) {
                if (part->kind == Kind::Set) {
                    inside = inside || value(part->args[0], 0) == x;
                    continue;
                }
                const int from = value(part->args[0], -1000);
                const int to = value(part->args[1], 1000);
                inside = inside || (x > from && x < to) || (x == from && part->text[0] == '[') ||
                         (x == to && part->text[1] == ']');
            }
            QCOMPARE(inside, holds(x));
        }
    }
}

void SolveTest::systemsFromKnownPoints()
{
    std::mt19937 random(5);
    std::uniform_int_distribution<int> number(-9, 9);
    int checked = 0;
    for (int round = 0; round < 300; ++round) {
        const int x = number(random);
        const int y = number(random);
        int m[4];
        for (int& entry : m)
            entry = number(random);
        if (m[0] * m[3] == m[1] * m[2])
            continue;
        std::string text;
        for (int row = 0; row < 2; ++row)
            text += (row > 0 ? ", " : "") + ("(" + std::to_string(m[2 * row])) + ")x+(" +
                    std::to_string(m[2 * row + 1]) + ")y=" + std::to_string(m[2 * row] * x + m[2 * row + 1] * y);
        const Solution solution = solved(text);
        QCOMPARE(solution.solved ? toPlain(solution.set) : solution.reason,
                 "{(" + std::to_string(x) + ", " + std::to_string(y) + ")}");
        ++checked;
    }
    QVERIFY(checked > 200);
}

void SolveTest::hostileTextsAreUnknown_data()
{
    QTest::addColumn<QString>("problem");
    QString radicals = "x";
    for (int i = 0; i < 300; ++i)
        radicals = "sqrt(" + radicals + "+1)";
    QString system;
    for (int row = 0; row < 50; ++row) {
        system += row > 0 ? ", " : "";
        for (int column = 0; column < 50; ++column)
            system +=
                (column > 0 ? "+" : "") + QString(60, QChar('1' + (row * column) % 9)) + "x_" + QString::number(column);
        system += "=1";
    }
    QTest::newRow("degree 5000") << "x^5000 + x + 1 = 0";
    QTest::newRow("huge coefficient") << "10^(10^9) x = 1";
    QTest::newRow("tower") << "9^9^9^9 x = 2";
    QTest::newRow("300 radicals") << radicals + " = 2";
    QTest::newRow("50 x 50") << system;
    QTest::newRow("expanding powers") << "((((x+1)^100)^100)^100)^100 = 2";
    QTest::newRow("many digits") << QString(20000, '9') + "x = 1";
    QTest::newRow("division by zero") << "x/0 = 1";
    QTest::newRow("division by zero, hidden") << "1/(x-x) = 1";
    QTest::newRow("huge modulus") << "2^(10^(10^9)) mod 7";
    QTest::newRow("empty") << "";
    QTest::newRow("words") << "solve ";
    QTest::newRow("no exact form known") << "x^5 - x - 1 = 0";
    QTest::newRow("other family") << "x + sin(x) = 1/2";
    QString absolutes = "|x|", roots = "sqrt(x)", matrix = "\\begin{pmatrix}";
    for (int i = 1; i < 40; ++i) {
        absolutes += "+|x-" + QString::number(i * i) + "|";
        roots += "+sqrt(x+" + QString::number(i) + ")";
        matrix += (i > 1 ? "\\\\" : "") + QStringList(40, "9^{99}").join('&');
    }
    QTest::newRow("40 absolute values") << absolutes + " = 7";
    QTest::newRow("40 roots") << roots + " = 7";
    QTest::newRow("large matrix") << "\\det" + matrix + "\\end{pmatrix}";
    QTest::newRow("tower of exponentials") << "2^{2^{2^{2^{2^x}}}} = 3^{x}";
    QTest::newRow("large factorial") << "(10^9)!";
    QTest::newRow("derivative of a tower") << "\\frac{d^{10}}{dx^{10}} x^{x^{x^{x^x}}}";
    QTest::newRow("integral of a product") << "\\int x^{100} e^{x^2} \\sin(x^3) \\ln(x^4+1)\\,dx";
    QTest::newRow("many turns") << "\\sin x = 0, 0 \\le x \\le 10^{10}";
}

void SolveTest::hostileTextsAreUnknown()
{
    QFETCH(QString, problem);
    const Solution solution = solved(problem.toStdString());
    QVERIFY2(!solution.solved, solution.set ? toPlain(solution.set).c_str() : "");
    QVERIFY(!solution.reason.empty());
    QVERIFY(solution.solutions.empty());
}

void SolveTest::noTimeIsUnknown()
{
    QVERIFY(!solveText("x = 1", {}, Budget(std::chrono::seconds(0))).solved);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!solveText("x = 1", {}, Budget(std::chrono::seconds(5), stop.get_token())).solved);
}

QTEST_APPLESS_MAIN(SolveTest)
#include "solve_test.moc"
