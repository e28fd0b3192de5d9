#include <QTest>

#include <random>

#include "assistant/repair/line_diff.h"

using namespace lemma::assistant;

namespace {

std::string sideOf(const std::vector<DiffLine>& lines, LineChange other)
{
    std::string text;
    for (const DiffLine& line : lines) {
        if (line.change != other)
            text.append(line.text).append("\n");
    }
    return text;
}

int changesOf(const std::vector<DiffLine>& lines)
{
    return static_cast<int>(std::count_if(lines.begin(), lines.end(),
                                          [](const DiffLine& line) { return line.change != LineChange::Same; }));
}

// By dynamic programming over all pairs of prefixes: the definition of the shortest edit script.
int fewestChanges(const std::string& before, const std::string& after)
{
    std::vector<std::vector<int>> fewest(before.size() + 1, std::vector<int>(after.size() + 1));
    for (std::size_t i = 0; i <= before.size(); ++i) {
        for (std::size_t k = 0; k <= after.size(); ++k) {
            if (i == 0 || k == 0)
                fewest[i][k] = static_cast<int>(i + k);
            else if (before[i - 1] == after[k - 1])
                fewest[i][k] = fewest[i - 1][k - 1];
            else
                fewest[i][k] = 1 + std::min(fewest[i - 1][k], fewest[i][k - 1]);
        }
    }
    return fewest[before.size()][after.size()];
}

std::string asLines(const std::string& letters)
{
    std::string text;
    for (const char c : letters)
        text.append(1, c).append("\n");
    return text;
}

} // namespace

class LineDiffTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomTextsHaveShortestScripts()
    {
        std::mt19937 random(5);
        for (int i = 0; i < 3000; ++i) {
            std::string before;
            std::string after;
            for (std::string* text : {&before, &after}) {
                const auto length = random() % 12;
                for (unsigned long k = 0; k < length; ++k)
                    *text += static_cast<char>(97 + random() % 3);
            }
            const std::string old = asLines(before);
            const std::string young = asLines(after);
            const auto lines = lineDiff(old, young);
            QCOMPARE(sideOf(lines, LineChange::Added), old);
            QCOMPARE(sideOf(lines, LineChange::Removed), young);
            QCOMPARE(changesOf(lines), fewestChanges(before, after));
        }
    }

    void hunksAreWrittenAsDiffDoes_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("diff");
        QTest::newRow("same") << QByteArray("a\n") << QByteArray("a\n") << QByteArray();
        QTest::newRow("one line") << QByteArray("a\nb\nc\n") << QByteArray("a\nx\nc\n")
                                  << QByteArray("@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
        QTest::newRow("from nothing") << QByteArray() << QByteArray("a\n") << QByteArray("@@ -1,0 +1,1 @@\n+a\n");
        QTest::newRow("far apart")
            << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n")
            << QByteArray("x\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ny\n")
            << QByteArray("@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+y\n");
        QTest::newRow("near") << QByteArray("1\n2\n3\n4\n5\n") << QByteArray("x\n2\n3\n4\ny\n")
                              << QByteArray("@@ -1,5 +1,5 @@\n-1\n+x\n 2\n 3\n 4\n-5\n+y\n");
    }
    void hunksAreWrittenAsDiffDoes()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QTEST(QByteArray::fromStdString(unifiedDiff(before.toStdString(), after.toStdString())), "diff");
    }

    void textsWithNothingInCommonEnd()
    {
        std::string before;
        std::string after;
        for (int i = 0; i < 20'000; ++i) {
            before += "a" + std::to_string(i) + "\n";
            after += "b" + std::to_string(i) + "\n";
        }
        QCOMPARE(lineDiff(before, after).size(), std::size_t{40'000});
    }
};

QTEST_GUILESS_MAIN(LineDiffTest)
#include "line_diff_test.moc"
