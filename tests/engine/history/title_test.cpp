#include <QTest>

#include "engine/history/title.h"

using lemma::engine::titleFromMessage;

class TitleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void title_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("title");
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("blank") << " \n\t\n"
                               << "";
        QTest::newRow("one line") << "Solve 3x + 5 = 20"
                                  << "Solve 3x + 5 = 20";
        QTest::newRow("first line that says something") << "\n---\n\nFind x.\nShow work."
                                                        << "Find x.";
        QTest::newRow("heading") << "## Problem 4\ntext"
                                 << "Problem 4";
        QTest::newRow("list") << "- first item"
                              << "first item";
        QTest::newRow("minus is no list mark") << "-3x = 12"
                                               << "-3x = 12";
        QTest::newRow("white space") << "  a \t  b  "
                                     << "a b";
        QTest::newRow("prose after code") << "```python\nprint(1)\n```\nWhy 1?"
                                          << "Why 1?";
        QTest::newRow("only code") << "```\nx = 1\n```"
                                   << "x = 1";
        QTest::newRow("long: cut between words")
            << "A train leaves the station at nine and another one follows it at ten on the same track"
            << "A train leaves the station at nine and another one follows…";
        QTest::newRow("long: cut before a formula")
            << "Show carefully that for every n the sum $1 + 2 + 3 + \\dots + n = n(n+1)/2$ holds"
            << "Show carefully that for every n the sum…";
        QTest::newRow("one long word") << QString(80, 'x') << QString(59, 'x') + "…";
        QTest::newRow("characters, not bytes") << QString(60, QChar(0x3b1)) << QString(60, QChar(0x3b1));
        QTest::newRow("characters, not bytes, too long")
            << QString(61, QChar(0x3b1)) << QString(59, QChar(0x3b1)) + "…";
    }
    void title()
    {
        QFETCH(QString, message);
        QFETCH(QString, title);
        QCOMPARE(QString::fromStdString(titleFromMessage(message.toStdString())), title);
    }
};

QTEST_APPLESS_MAIN(TitleTest)
#include "title_test.moc"
