#include <QTest>

#include "engine/base/utf8.h"

using namespace lemma::engine;

class Utf8Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodePointRoundTrips()
    {
        for (char32_t c = 0; c <= 0x10FFFF; ++c) {
            if (c >= 0xD800 && c <= 0xDFFF)
                continue;
            std::string text;
            utf8Append(text, c);
            const DecodedCharacter decoded = utf8Decode(text, 0);
            if (!decoded.valid || decoded.codePoint != c || decoded.length != text.size())
                QFAIL(qPrintable(QString::number(c, 16)));
        }
    }

    void completePrefix_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("complete");
        QTest::newRow("empty") << QByteArray() << 0;
        QTest::newRow("ascii") << QByteArray("abc") << 3;
        QTest::newRow("whole euro") << QByteArray("a\xE2\x82\xAC") << 4;
        QTest::newRow("euro without its last byte") << QByteArray("a\xE2\x82") << 1;
        QTest::newRow("euro with its lead only") << QByteArray("a\xE2") << 1;
        QTest::newRow("emoji, three of four bytes") << QByteArray("\xF0\x9F\x98") << 0;
        QTest::newRow("stray continuation bytes wait for nothing") << QByteArray("a\x80\x80\x80\x80") << 5;
        QTest::newRow("a lead that cannot be mended") << QByteArray("\xE0\x80") << 2;
        QTest::newRow("byte that never leads") << QByteArray("a\xFF") << 2;
    }
    void completePrefix()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, complete);
        QCOMPARE(static_cast<int>(utf8CompletePrefix(text.toStdString())), complete);
    }

    void sanitizesAsUnicodeRecommends()
    {
        // Unicode 15, table 3-8: maximal subparts become one U+FFFD each.
        QCOMPARE(utf8Sanitized("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
                 std::string("a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd"));
        QCOMPARE(utf8Sanitized("\xED\xA0\x80"), std::string("\uFFFD\uFFFD\uFFFD")); // a surrogate
    }
};

QTEST_APPLESS_MAIN(Utf8Test)
#include "utf8_test.moc"
