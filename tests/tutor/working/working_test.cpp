// Workings with planted mistakes, each found at its line and named; correct workings, of which no line may be flagged.
#include <fstream>
#include <string>
#include <vector>

#include <QTest>

#include "tutor/working/working.h"

using namespace lemma::tutor;

class WorkingTest : public QObject {
    Q_OBJECT

private slots:
    void mistakes_data();
    void mistakes();
    void correctLines_data();
    void correctLines();
    void counterexampleIsShown();
    void assumptionsCount();
    void hostileLinesEnd();
};

// The blocks of a file, separated by blank lines.
static std::vector<std::vector<std::string>> blocksOf(const char* name)
{
    std::ifstream file(std::string(LEMMA_TEST_DATA_DIR) + "/tutor/" + name);
    std::vector<std::vector<std::string>> blocks(1);
    for (std::string line; std::getline(file, line);)
        if (!line.empty())
            blocks.back().push_back(line);
        else if (!blocks.back().empty())
            blocks.emplace_back();
    if (blocks.back().empty())
        blocks.pop_back();
    return blocks;
}

// "held out": written before any of them was run, to see how far the rules reach beyond the workings they were made on.
static int addBlocks(const char* name, const char* label)
{
    int number = 0;
    for (const auto& block : blocksOf(name)) {
        QStringList lines;
        for (const std::string& line : block)
            lines << QString::fromStdString(line);
        QTest::addRow("%s %d %s", label, ++number, block[0].c_str()) << lines;
    }
    return number;
}

void WorkingTest::mistakes_data()
{
    QTest::addColumn<QStringList>("block");
    const int made = addBlocks("mistakes.txt", "made");
    const int heldOut = addBlocks("mistakes_held_out.txt", "held out");
    QVERIFY(made + heldOut >= 150);
    QVERIFY(heldOut * 3 >= made + heldOut);
}

void WorkingTest::mistakes()
{
    QFETCH(QStringList, block);
    const bool missed = block[0].endsWith(" (missed)");
    const QStringList expected = block[0].mid(2).split(", ");
    std::vector<std::string> lines;
    std::size_t wrongLine = 0;
    for (qsizetype i = 1; i < block.size(); ++i) {
        const bool wrong = block[i].startsWith("! ");
        lines.push_back((wrong ? block[i].mid(2) : block[i]).toStdString());
        wrongLine = wrong ? lines.size() : wrongLine;
    }
    std::size_t first = 0;
    const Mistake* mistake = nullptr;
    for (const LineCheck& check : checkWorking(lines))
        if (check.verdict == LineVerdict::Wrong && first == 0) {
            first = check.line;
            mistake = check.mistake;
            QVERIFY(!check.counterexample.empty());
        }
    if (missed) { // beyond what is decided: it must stay open
        QCOMPARE(first, std::size_t{0});
        return;
    }
    QCOMPARE(first, wrongLine);
    QVERIFY(mistake != nullptr);
    const QString id = QString::fromUtf8(mistake->id.data(), static_cast<qsizetype>(mistake->id.size()));
    QVERIFY2(expected.contains(id), qPrintable(id));
}

void WorkingTest::correctLines_data()
{
    QTest::addColumn<QStringList>("block");
    QVERIFY(addBlocks("correct.txt", "made") + addBlocks("correct_held_out.txt", "held out") >= 80);
}

void WorkingTest::correctLines()
{
    QFETCH(QStringList, block);
    std::vector<std::string> lines;
    for (const QString& line : block)
        lines.push_back(line.toStdString());
    for (const LineCheck& check : checkWorking(lines))
        QVERIFY2(check.verdict != LineVerdict::Wrong, (check.text + ": " + check.counterexample).c_str());
}

void WorkingTest::counterexampleIsShown()
{
    const auto checks = checkWorking({"3x + 5 = 20", "3x = 25"});
    QCOMPARE(checks[1].counterexample, std::string("x = 5 solves the line before; here it gives 15 and 25"));
}

void WorkingTest::assumptionsCount()
{
    WorkingOptions options;
    options.assumptions = {"x > 0"};
    QCOMPARE(checkWorking({"x^2 = 9", "x = 3"}, options)[1].verdict, LineVerdict::Right);
    QCOMPARE(checkWorking({"x^2 = 9", "x = 3"})[1].relation, LineRelation::Lost);
}

void WorkingTest::hostileLinesEnd()
{
    const std::vector<std::string> lines = {"x^(10^9) = 9^9^9", std::string(20'000, '('), "sqrt(sqrt(sqrt(x))) = |x|",
                                            std::string(60'000, '='), "x = 10^(10^9)"};
    for (const LineCheck& check : checkWorking(lines))
        QVERIFY2(check.verdict != LineVerdict::Wrong, check.text.substr(0, 40).c_str());
}

QTEST_APPLESS_MAIN(WorkingTest)
#include "working_test.moc"
