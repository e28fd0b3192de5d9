#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "engine/chat/attachment.h"

using namespace lemma::engine;

class AttachmentTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;

    std::filesystem::path write(const char* name, const QByteArray& bytes)
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(bytes);
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void textIsPutInFrontOfTheQuestion()
    {
        const auto code = readAttachment(write("a.py", "print(1)"));
        const auto marked = readAttachment(write("b.txt", "\xEF\xBB\xBF\xC3\xA9\n"));
        QVERIFY(code.has_value() && marked.has_value());
        QCOMPARE(withAttachments("Why?", {*code, *marked}),
                 std::string("[file name]: a.py\n[file content begin]\nprint(1)\n[file content end]\n"
                             "[file name]: b.txt\n[file content begin]\n\xC3\xA9\n[file content end]\nWhy?"));
        QCOMPARE(withAttachments("Why?", {}), std::string("Why?"));
    }

    void whatIsNoTextIsRefusedWithItsPlace()
    {
        const auto binary = readAttachment(write("a.bin", QByteArray("abc\0d", 5)));
        QVERIFY(binary.error().code == ErrorCode::Unsupported);
        QVERIFY(binary.error().message.find("byte 3 (0x00)") != std::string::npos);
        const auto latin = readAttachment(write("latin.txt", "caf\xE9"));
        QVERIFY(latin.error().message.find("byte 3 (0xe9)") != std::string::npos);
        QVERIFY(readAttachment(m_dir.path().toStdString()).error().code == ErrorCode::Unsupported);
        QVERIFY(readAttachment(m_dir.filePath("none").toStdString()).error().code == ErrorCode::NotFound);
    }

    void whatIsTooLargeIsRefusedWithNumbers()
    {
        const auto path = write("long.txt", QByteArray(1001, 'x'));
        QVERIFY(readAttachment(path, 1001).has_value());
        const auto refused = readAttachment(path, 1000);
        QVERIFY(refused.error().code == ErrorCode::InvalidArgument);
        QVERIFY(refused.error().message.find("1001 bytes are too large to attach; at most 1000") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(AttachmentTest)
#include "attachment_test.moc"
