// Texts that were written to hurt: reading, grading and solving them costs no more than was allowed, in work and in
// memory, and what is said of them is not wrong. Work is counted, not timed: a busy machine changes nothing.
#include <string>
#include <thread>
#include <vector>

#include <QTest>

#include "tests/support/hostile_texts.h"
#include "tests/support/memory_meter.h"
#include "tutor/checker/grade.h"
#include "tutor/math/exact_value.h"
#include "tutor/math/parser.h"
#include "tutor/solver/solve.h"

using namespace lemma::tests;
using namespace lemma::tutor;

namespace {

constexpr std::size_t megabyte = 1024 * 1024;
constexpr std::size_t mostMemory = 64 * megabyte;
// One operation is paid before it is done, and what was begun is ended: the last may go a little over.
constexpr long tolerated = 5000;

std::string costOf(const Budget& budget, const MemoryMeter& meter)
{
    return std::to_string(budget.used()) + " units, " + std::to_string(meter.peak() / 1024) + " KiB";
}

} // namespace

class HostileTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { MemoryMeter::watchExactLibraries(); }
    void texts_data();
    void texts();
    void limitsOfExactNumbers();
    void stops();
    void threadsAgree();
};

void HostileTest::texts_data()
{
    QTest::addColumn<QByteArray>("text");
    const std::vector<HostileText> all = hostileTexts(LEMMA_TEST_DATA_DIR "/tutor/hostile.json");
    QVERIFY(all.size() >= 60);
    for (const HostileText& one : all)
        QTest::newRow(one.name.c_str()) << QByteArray::fromStdString(one.text);
}

void HostileTest::texts()
{
    QFETCH(QByteArray, text);
    const std::string hostile = text.toStdString();
    {
        const MemoryMeter meter;
        (void)parseMath(hostile);
        QVERIFY2(meter.peak() < mostMemory, std::to_string(meter.peak()).c_str());
    }
    for (const std::string& other : {hostile, hostile + "+1", "0+" + hostile, std::string("x")}) {
        const Budget budget;
        const MemoryMeter meter;
        const Equality verdict = grade(hostile, other, {}, budget).equality;
        QVERIFY2(budget.used() < budget.allowance() + tolerated, costOf(budget, meter).c_str());
        QVERIFY2(meter.peak() < mostMemory, costOf(budget, meter).c_str());
        if (other == hostile)
            QVERIFY(verdict != Equality::Different);
        if (other == hostile + "+1")
            QVERIFY(verdict != Equality::Equal);
        if (other == "0+" + hostile)
            QVERIFY(verdict != Equality::Different);
    }
    for (const std::string& problem : {hostile, hostile + "=0", "x^3-x<" + hostile}) {
        const Budget budget;
        const MemoryMeter meter;
        (void)solveText(problem, {}, budget);
        QVERIFY2(budget.used() < budget.allowance() + tolerated, costOf(budget, meter).c_str());
        QVERIFY2(meter.peak() < mostMemory, costOf(budget, meter).c_str());
    }
}

// Calcium cannot be interrupted: its own limits (calcium.c) and those before it bound each of its operations.
void HostileTest::limitsOfExactNumbers()
{
    for (const char* text :
         {"\\sqrt[32]{2}+\\sqrt[31]{3}+\\sqrt[29]{5}", "(\\sqrt[5]{2}+\\sqrt[7]{3})^{300}", "2^{500}-2^{500}+\\sqrt2",
          "\\sqrt{\\sqrt{\\sqrt{\\sqrt{2}+1}+1}+1}", "e^{e^{\\sqrt 2}}-\\pi^{\\sqrt 3}", "\\cos(\\pi/61)",
          "\\sin(10^{17})", "\\arctan(1/5)-\\arctan(1/239)", "(1+i)^{400}", "\\tan(\\pi/37)\\tan(2\\pi/37)"}) {
        const ParseResult tree = parseMath(text);
        QVERIFY2(tree.has_value(), text);
        const Budget budget;
        const MemoryMeter meter;
        const Truth same = exactlyZero(subtract(*tree, *tree), budget);
        QVERIFY2(same != Truth::No, text);
        QVERIFY2(exactlyZero(add({*tree, integer(1), negate(*tree)}), budget) != Truth::Yes, text);
        QVERIFY2(budget.used() < budget.allowance() + tolerated, costOf(budget, meter).c_str());
        QVERIFY2(meter.peak() < mostMemory, costOf(budget, meter).c_str());
    }
}

void HostileTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const Budget budget(std::chrono::hours(1), source.get_token());
    QCOMPARE(grade("(x+y)^{500}", "\\sin(x)^{500}", {}, budget).equality, Equality::Unknown);
    QVERIFY(!solveText("x^5-3x=1", {}, budget).solved);
    QVERIFY(budget.used() < 100);
    // And while it works.
    std::stop_source later;
    const Budget patient(std::chrono::hours(1), later.get_token());
    std::jthread stopper([&later] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        later.request_stop();
    });
    const Verdict verdict =
        grade("\\sum_{a=1}^{999}\\sum_{b=1}^{999}\\sum_{c=1}^{999} \\sin(abc)", "\\pi", {}, patient);
    QCOMPARE(verdict.equality, Equality::Unknown);
    QVERIFY(patient.cancelled());
}

// Several threads at once say what one says: nothing is shared that one of them could spoil.
void HostileTest::threadsAgree()
{
    const std::vector<std::pair<std::string, std::string>> pairs = {
        {"\\sqrt{3+2\\sqrt2}", "1+\\sqrt2"},
        {"(x+1)^3", "x^3+3x^2+3x+1"},
        {"\\sin^2 x+\\cos^2 x", "1"},
        {"\\ln 6", "\\ln 2+\\ln 3"},
        {"-2x<6", "x>-3"},
        {"\\{1,2,x\\}", "\\{x,2,1\\}"},
        {"9^9^9", "10^(10^9)"},
        {"5\\text{ cm}", "5"},
        {"\\frac{x^2-1}{x-1}", "x+1"},
        {"\\begin{pmatrix}1&2\\end{pmatrix}", "\\begin{pmatrix}1&3\\end{pmatrix}"},
        {"\\sum_{k=1}^{30} \\frac1k", "4"},
        {"e^{i\\pi}", "-1"},
    };
    std::vector<Equality> expected;
    for (const auto& [gold, answer] : pairs)
        expected.push_back(grade(gold, answer).equality);
    std::vector<int> wrong(4, 0);
    {
        std::vector<std::jthread> threads;
        for (int& count : wrong)
            threads.emplace_back([&] {
                for (int round = 0; round < 5; ++round)
                    for (std::size_t i = 0; i < pairs.size(); ++i)
                        count += grade(pairs[i].first, pairs[i].second).equality == expected[i] ? 0 : 1;
            });
    }
    QCOMPARE(wrong, std::vector<int>(4, 0));
}

QTEST_APPLESS_MAIN(HostileTest)
#include "hostile_test.moc"
