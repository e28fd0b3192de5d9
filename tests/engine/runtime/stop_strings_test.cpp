#include <QTest>

#include "engine/runtime/stop_strings.h"

using lemma::engine::StopStrings;

class StopStringsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameResultForEverySplit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("strings");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<bool>("stopped");
        QTest::newRow("none") << "abc" << QStringList() << "abc" << false;
        QTest::newRow("empty strings are ignored") << "abc" << QStringList{""} << "abc" << false;
        QTest::newRow("found") << "abc END xyz" << QStringList{"END"} << "abc " << true;
        QTest::newRow("at the beginning") << "END" << QStringList{"END"} << "" << true;
        QTest::newRow("only its beginning") << "abc EN" << QStringList{"END"} << "abc EN" << false;
        QTest::newRow("a false start, then the real one") << "EENEND" << QStringList{"END"} << "EEN" << true;
        QTest::newRow("the first of two") << "a\n\nb STOP" << QStringList{"STOP", "\n\n"} << "a" << true;
        QTest::newRow("one inside another") << "xaabaay" << QStringList{"aabaa", "ba"} << "xaa" << true;
    }
    void sameResultForEverySplit()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, strings);
        QFETCH(QString, shown);
        QFETCH(bool, stopped);
        std::vector<std::string> wanted;
        for (const QString& string : strings)
            wanted.push_back(string.toStdString());
        const std::string bytes = text.toStdString();
        for (unsigned cuts = 0; cuts < 1u << (bytes.size() - 1); ++cuts) {
            StopStrings stops(wanted);
            std::string result;
            std::string piece;
            bool ended = false;
            for (std::size_t i = 0; i < bytes.size() && !ended; ++i) {
                piece += bytes[i];
                if (i + 1 < bytes.size() && !(cuts >> i & 1u))
                    continue;
                const StopStrings::Output output = stops.push(piece);
                result += output.text;
                ended = output.stopped;
                piece.clear();
            }
            if (!ended)
                result += stops.flush();
            QCOMPARE(QString::fromStdString(result), shown);
            QCOMPARE(ended, stopped);
        }
    }
};

QTEST_APPLESS_MAIN(StopStringsTest)
#include "stop_strings_test.moc"
