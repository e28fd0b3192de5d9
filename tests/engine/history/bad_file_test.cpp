// Files that are not what a history should be: clear errors, and nothing is written to them.
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/engine/history/store_fixture.h"

using namespace lemma::engine;
using namespace lemma::tests;

class BadFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badFilesAreErrors()
    {
        const QTemporaryDir dir;
        const QByteArray noise(8192, 'x');
        QFile file(dir.filePath("noise"));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.write(noise) == noise.size() && file.flush());
        QVERIFY(HistoryStore::open(dir.filePath("noise").toStdString()).error().code == ErrorCode::CorruptFile);
        file.seek(0);
        QCOMPARE(file.readAll(), noise);
        QVERIFY(HistoryStore::open(dir.path().toStdString()).error().code == ErrorCode::Io);
        QVERIFY(HistoryStore::open("/proc/nowhere/history.sqlite").error().code == ErrorCode::Io);
    }

    void damagedPagesAreReported()
    {
        const StoreFixture fixture;
        {
            HistoryStore store = fixture.open();
            const SessionId id = *store.createSession(SessionKind::Ask, "t", "m");
            for (int i = 0; i < 200; ++i)
                QVERIFY(store.addMessage(id, {}, {Role::User, std::string(500, 'x'), ""}));
        }
        QFile file(QString::fromStdString(fixture.path()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 page = 3; page < file.size() / 4096; ++page) {
            file.seek(page * 4096);
            file.write(QByteArray(4096, '\x5a'));
        }
        file.close();
        const auto store = HistoryStore::open(fixture.path()); // may open: the first pages are whole
        if (store) {
            QVERIFY(store->checkIntegrity().error().code == ErrorCode::CorruptFile);
            QVERIFY(store->messages(1).error().code == ErrorCode::CorruptFile);
        } else {
            QVERIFY(store.error().code == ErrorCode::CorruptFile);
        }
    }

    // Root may write everything, so the check runs in a child process without privileges.
    void readOnlyFileIsAnError()
    {
        const QTemporaryDir dir;
        const std::string path = dir.filePath("history.sqlite").toStdString();
        QVERIFY(HistoryStore::open(path));
        QVERIFY(::chmod(path.c_str(), 0444) == 0 && ::chmod(dir.path().toUtf8(), 0555) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0))
                ::_exit(2);
            const auto store = HistoryStore::open(path);
            ::_exit(!store && store.error().code == ErrorCode::Io ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ::chmod(dir.path().toUtf8(), 0755);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }

    void filesArePrivate()
    {
        const StoreFixture fixture;
        const HistoryStore store = fixture.open();
        for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
            const auto permissions = std::filesystem::status(fixture.path() + suffix).permissions();
            QCOMPARE(static_cast<int>(permissions), 0600);
        }
    }
};

QTEST_APPLESS_MAIN(BadFileTest)
#include "bad_file_test.moc"
