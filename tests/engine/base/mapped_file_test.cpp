#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/mapped_file.h"

using namespace lemma::engine;

class MappedFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mapsBytes()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath("f"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("lemma");
        file.close();
        auto mapped = MappedFile::open(dir.filePath("f").toStdString());
        QVERIFY(mapped);
        const MappedFile moved = std::move(*mapped);
        QCOMPARE(moved.bytes().size(), std::size_t{5});
        QCOMPARE(static_cast<char>(moved.bytes()[4]), 'a');
    }

    void emptyMissingAndFolder()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath("empty"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QVERIFY(MappedFile::open(dir.filePath("empty").toStdString())->bytes().empty());
        QVERIFY(MappedFile::open(dir.filePath("none").toStdString()).error().code == ErrorCode::NotFound);
        QVERIFY(MappedFile::open(dir.path().toStdString()).error().code == ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(MappedFileTest)
#include "mapped_file_test.moc"
