#include <filesystem>

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include "engine/history/history_store.h"
#include "engine/history/schema.h"

using namespace lemma::engine;

namespace {

constexpr Migration steps[] = {
    {1, "CREATE TABLE thing(id INTEGER PRIMARY KEY); INSERT INTO thing VALUES(7)"},
    {2, "ALTER TABLE thing ADD COLUMN name TEXT NOT NULL DEFAULT 'seven'"},
    {3, "CREATE INDEX thing_by_name ON thing(name)"},
};
constexpr Migration broken[] = {steps[0], steps[1], {3, "CREATE TABLE half(a); CREATE TABLE thing(b)"}};

constexpr int writable = 2 | 4; // SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE

} // namespace

class SchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepsAreTakenInOrderAfterACopy()
    {
        const QTemporaryDir dir;
        const std::string path = dir.filePath("h").toStdString();
        SQLite::Database database(path, writable);
        QVERIFY(migrate(database, std::span(steps).first(1)));
        QVERIFY(!std::filesystem::exists(path + ".v0.backup")); // nothing to lose in a new file
        QVERIFY(migrate(database, steps));
        QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 3);
        QCOMPARE(database.execAndGet("SELECT name FROM thing").getString(), std::string("seven"));
        SQLite::Database copy(path + ".v1.backup");
        QCOMPARE(copy.execAndGet("PRAGMA user_version").getInt(), 1);
        QCOMPARE(copy.execAndGet("SELECT id FROM thing").getInt(), 7);
        QVERIFY(migrate(database, steps)); // nothing more to do
    }

    void aFailingStepLeavesTheFormerVersionWhole()
    {
        const QTemporaryDir dir;
        SQLite::Database database(dir.filePath("h").toStdString(), writable);
        QVERIFY(!migrate(database, broken));
        QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 2);
        QVERIFY(!database.tableExists("half"));
        QVERIFY(migrate(database, steps));
    }

    // A file as the first Lemma wrote it, with an answer that was being written when the power failed.
    void aFileOfTheFirstVersionOpens()
    {
        const QTemporaryDir dir;
        const std::string path = dir.filePath("h").toStdString();
        {
            SQLite::Database database(path, writable);
            QVERIFY(migrate(database, historyMigrations().first(1)));
            database.exec("INSERT INTO session VALUES(1, 'ask', 'Old', 'm.gguf', 1, 2, NULL);"
                          "INSERT INTO message(id, session, role, content, created) VALUES(1, 1, 'user', 'q', 1);"
                          "INSERT INTO message(id, session, parent, role, content, created) "
                          "VALUES(2, 1, 1, 'assistant', '', 1);"
                          "INSERT INTO journal(message, thought, content) VALUES(2, 'half a tho', '')");
        }
        const auto store = HistoryStore::open(path);
        QVERIFY(store.has_value());
        QVERIFY(std::filesystem::exists(path + ".v1.backup"));
        const StoredMessage answer = *store->message(2);
        QCOMPARE(answer.message.thought, std::string("half a tho"));
        QVERIFY(answer.endReason == EndReason::Crash);
        QVERIFY(store->run(2).error().code == ErrorCode::NotFound);
        QVERIFY(store->checkIntegrity().has_value());
    }

    void aNewerFileIsRefusedAndUntouched()
    {
        const QTemporaryDir dir;
        const std::string path = dir.filePath("h").toStdString();
        QVERIFY(HistoryStore::open(path));
        {
            SQLite::Database database(path, writable);
            database.exec("PRAGMA user_version = 99");
        }
        const auto store = HistoryStore::open(path);
        QVERIFY(store.error().code == ErrorCode::Unsupported);
        QVERIFY(store.error().message.find("newer") != std::string::npos);
        SQLite::Database database(path);
        QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 99);
    }

    void databasesOfOtherProgramsAreRefused()
    {
        const QTemporaryDir dir;
        const std::string path = dir.filePath("h").toStdString();
        {
            SQLite::Database database(path, writable);
            database.exec("CREATE TABLE bookmarks(url TEXT)");
        }
        QVERIFY(HistoryStore::open(path).error().code == ErrorCode::InvalidArgument);
        SQLite::Database database(path);
        QVERIFY(!database.tableExists("session"));
    }
};

QTEST_APPLESS_MAIN(SchemaTest)
#include "schema_test.moc"
