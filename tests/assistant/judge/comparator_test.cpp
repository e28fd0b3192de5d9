#include <QTest>

#include "assistant/judge/comparator.h"

using namespace lemma::assistant;

class ComparatorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void outputs_data()
    {
        QTest::addColumn<QString>("comparator");
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<QByteArray>("got");
        QTest::addColumn<bool>("same");
        QTest::addColumn<QString>("where");
        const auto row = [](const char* name, const char* comparator, QByteArray expected, QByteArray got, bool same,
                            const char* where = "") {
            QTest::newRow(name) << comparator << expected << got << same << where;
        };
        row("tokens", "tokens", "1 2\n3\n", "1\n2   3", true);
        row("tokens: another word", "tokens", "1 2\n3 4\n", "1 2\n3 5\n", false, "line 2, column 3");
        row("tokens: too few", "tokens", "1 2 3", "1 2", false, "it ends after 2 of 3 words");
        row("tokens: too many", "tokens", "1", "1 2", false, "line 1, column 3: more than was expected");
        row("tokens: nothing at all", "tokens", "1", "", false, "it ends after 0 of 1 words");
        row("tokens: nothing was expected", "tokens", "", "\n \n", true);
        row("tokens: 1.0 is another word than 1", "tokens", "1", "1.0", false, "line 1, column 1");
        row("exact", "exact", "a\n", "a\n", true);
        row("exact: line end", "exact", "a\n", "a", false, "line 1: the line end is missing");
        row("exact: a blank", "exact", "a b\n", "a  b\n", false, "line 1, column 3");
        row("exact: bytes", "exact", QByteArray("\0\xff", 2), QByteArray("\0\xff", 2), true);
        row("exact: second line", "exact", "a\nbc\n", "a\nbd\n", false, "line 2, column 2");
        row("trailing space", "trailing-space", "a \nb\n", "a\nb  \n\n\n", true);
        row("trailing space: blanks inside count", "trailing-space", "a b", "a  b", false, "line 1, column 3");
        row("trailing space: an empty line inside counts", "trailing-space", "a\n\nb", "a\nb", false,
            "line 2, column 1");
        row("trailing space: carriage returns", "trailing-space", "a\nb\n", "a\r\nb\r\n", true);
        row("unordered", "unordered-lines", "b\na\n", "a\nb", true);
        row("unordered: counted", "unordered-lines", "a\na\nb\n", "a\nb\nb", false, "the line \"a\" is missing");
        row("unordered: too many", "unordered-lines", "a", "a\nc", false, "the line \"c\" was not expected");
        row("numbers", "numbers", "0.3333333", "0.33333334", true);
        row("numbers: too far", "numbers", "0.3333", "0.3335", false, "line 1, column 1");
        row("numbers: relative", "numbers", "1e12", "1000000000001", true);
        row("numbers: words between", "numbers", "x = 1.0", "x = 1", true);
        row("numbers: the words count", "numbers", "x = 1.0", "y = 1.0", false, "line 1, column 1");
        row("numbers: not a number is no number", "numbers", "1", "nan", false, "line 1, column 1");
        row("numbers: infinity is not near", "numbers", "1e308", "inf", false, "line 1, column 1");
        row("numbers: nan by name", "numbers", "nan", "nan", true);
        row("patterns", "line-patterns", "took \\d+ ms\ndone", "took 17 ms\ndone\n", true);
        row("patterns: the whole line", "line-patterns", "\\d+", "17 ms", false, "line 1");
        row("patterns: lines are counted", "line-patterns", ".*", "a\nb", false, "2 lines instead of 1");
        row("patterns: a careless one ends", "line-patterns", "(a+)+b", QByteArray(4000, 'a'), false, "line 1");
    }
    void outputs()
    {
        QFETCH(QString, comparator);
        QFETCH(QByteArray, expected);
        QFETCH(QByteArray, got);
        Comparator used;
        const auto kind = comparatorFromName(comparator.toStdString());
        QVERIFY(kind.has_value());
        used.kind = *kind;
        QCOMPARE(QString::fromStdString(std::string(comparatorName(*kind))), comparator);
        const auto comparison = compareOutput(used, expected.toStdString(), got.toStdString());
        QVERIFY2(comparison.has_value(), comparison ? "" : comparison.error().message.c_str());
        QTEST(comparison->isSame, "same");
        QTEST(QString::fromStdString(comparison->where), "where");
    }

    void aBrokenPatternIsTheTasksFault()
    {
        Comparator patterns;
        patterns.kind = ComparatorKind::LinePatterns;
        const auto comparison = compareOutput(patterns, "(", "x");
        QVERIFY(!comparison);
        QVERIFY2(comparison.error().message.find("cannot be read at 1") != std::string::npos,
                 comparison.error().message.c_str());
    }

    void largeOutputsTakeLinearTime()
    {
        std::string text;
        for (int i = 0; i < 300'000; ++i)
            text += std::to_string(i) + (i % 10 == 0 ? "\n" : " ");
        for (const ComparatorKind kind : {ComparatorKind::Tokens, ComparatorKind::Exact, ComparatorKind::TrailingSpace,
                                          ComparatorKind::UnorderedLines, ComparatorKind::Numbers}) {
            Comparator comparator;
            comparator.kind = kind;
            QVERIFY(compareOutput(comparator, text, text)->isSame);
            QVERIFY(!compareOutput(comparator, text, text + "1")->isSame);
        }
    }
};

QTEST_GUILESS_MAIN(ComparatorTest)
#include "comparator_test.moc"
