#include <QTest>

#include "engine/chat/code_context.h"

using lemma::engine::CodeContext;

class CodeContextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhetherTheEndIsInsideCode_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("inside");
        QTest::newRow("empty") << QByteArray("") << false;
        QTest::newRow("prose") << QByteArray("a `b` c") << false;
        QTest::newRow("open span") << QByteArray("a `b") << true;
        QTest::newRow("spans end with the line") << QByteArray("a `b\n") << false;
        QTest::newRow("fence") << QByteArray("x\n```py\ncode") << true;
        QTest::newRow("fence line itself") << QByteArray("```py") << true;
        QTest::newRow("closed fence") << QByteArray("```py\ncode\n```\n") << false;
        QTest::newRow("closing line itself") << QByteArray("```\ncode\n```") << false;
        QTest::newRow("closing line with spaces") << QByteArray("```\ncode\n   ``` ") << false;
        QTest::newRow("not a closing line") << QByteArray("```\ncode\n``` x") << true;
        QTest::newRow("too short to close") << QByteArray("````\ncode\n```\n") << true;
        QTest::newRow("longer closes") << QByteArray("```\ncode\n`````\n") << false;
        QTest::newRow("another character does not close") << QByteArray("```\ncode\n~~~\n") << true;
        QTest::newRow("tildes") << QByteArray("~~~\ncode") << true;
        QTest::newRow("indented in a list") << QByteArray("1. a\n    ```\n    code") << true;
        QTest::newRow("inline span of three") << QByteArray("```x``` and\nmore") << false;
        QTest::newRow("fence in the middle of a line") << QByteArray("see ```\nmore") << false;
        QTest::newRow("two fences") << QByteArray("```\na\n```\nb\n```\nc") << true;
        QTest::newRow("carriage returns") << QByteArray("```\r\na\r\n```\r\n") << false;
    }
    void knowsWhetherTheEndIsInsideCode()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, inside);
        CodeContext whole;
        whole.add(text.toStdString());
        QCOMPARE(whole.insideCode(), inside);
        CodeContext single;
        for (const char c : text)
            single.add(std::string_view(&c, 1));
        QCOMPARE(single.insideCode(), inside);
    }
};

QTEST_APPLESS_MAIN(CodeContextTest)
#include "code_context_test.moc"
