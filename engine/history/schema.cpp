#include "engine/history/schema.h"

#include <array>
#include <filesystem>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include "engine/history/sqlite_guard.h"

namespace lemma::engine {
namespace {

constexpr int applicationId = 0x4C6D6D61; // "Lmma": tells our files from other SQLite databases

// Times are milliseconds since 1970, UTC. A running answer is a row without end_reason; its text waits in the journal
// as appended pieces, so that writing a long thought costs the same each second.
constexpr const char* version1 = R"sql(
CREATE TABLE session(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK(kind IN ('tutor', 'coding', 'ask')),
    title TEXT NOT NULL,
    model TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    active_message INTEGER REFERENCES message(id) ON DELETE SET NULL);
CREATE INDEX session_by_time ON session(updated);
CREATE TABLE message(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    parent INTEGER REFERENCES message(id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK(role IN ('system', 'user', 'assistant')),
    content TEXT NOT NULL,
    thought TEXT NOT NULL DEFAULT '',
    end_reason TEXT,
    model TEXT NOT NULL DEFAULT '',
    sampling TEXT,
    usage TEXT,
    created INTEGER NOT NULL);
CREATE INDEX message_by_session ON message(session);
CREATE INDEX message_by_parent ON message(parent);
CREATE INDEX message_unfinished ON message(id) WHERE role = 'assistant' AND end_reason IS NULL;
CREATE TABLE journal(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
    thought TEXT NOT NULL,
    content TEXT NOT NULL);
CREATE INDEX journal_by_message ON journal(message);
)sql";

// What an answer was made of (run_json.h), so that it can be repeated or gone on with.
constexpr const char* version2 = R"sql(
ALTER TABLE message ADD COLUMN run TEXT;
ALTER TABLE message ADD COLUMN prompt BLOB;
ALTER TABLE message ADD COLUMN tokens BLOB;
ALTER TABLE message ADD COLUMN interventions TEXT NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN tokens BLOB;
ALTER TABLE journal ADD COLUMN interventions TEXT NOT NULL DEFAULT '';
)sql";

// Of the winner among several chains: what was voted, and which messages beside it are the other chains.
constexpr const char* version3 = "ALTER TABLE message ADD COLUMN consensus TEXT";

constexpr std::array<Migration, 3> migrationTable{{{1, version1}, {2, version2}, {3, version3}}};

int pragma(SQLite::Database& database, const char* name)
{
    return database.execAndGet(fmt::format("PRAGMA {}", name)).getInt();
}

Result<int> checkedVersion(SQLite::Database& database, int newest)
{
    const int version = pragma(database, "user_version");
    const int id = pragma(database, "application_id");
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (id != applicationId && !(empty && id == 0))
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{} is a database of another program", database.getFilename()));
    if (version > newest)
        return fail(ErrorCode::Unsupported,
                    fmt::format("{} was written by a newer Lemma (schema {}, this one knows up to {}); it was left "
                                "untouched",
                                database.getFilename(), version, newest));
    return version;
}

void backUp(SQLite::Database& database, int version)
{
    const std::filesystem::path copy = fmt::format("{}.v{}.backup", database.getFilename(), version);
    if (std::filesystem::exists(copy))
        return; // of an earlier attempt: the file has not changed its version since
    SQLite::Statement vacuum(database, "VACUUM INTO ?");
    vacuum.bind(1, copy.string());
    vacuum.exec();
}

} // namespace

std::span<const Migration> historyMigrations() { return migrationTable; }

Result<void> migrate(SQLite::Database& database, std::span<const Migration> migrations)
{
    return guarded("bringing the file up to date", [&]() -> Result<void> {
        const int newest = migrations.back().version;
        LEMMA_TRY(int version, checkedVersion(database, newest));
        if (version > 0 && version < newest)
            backUp(database, version);
        while (version < newest) {
            SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
            // Another process may have been faster while we waited for the lock.
            LEMMA_TRY(version, checkedVersion(database, newest));
            for (const Migration& migration : migrations) {
                if (migration.version != version + 1)
                    continue;
                database.exec(migration.statements);
                database.exec(fmt::format("PRAGMA user_version = {}; PRAGMA application_id = {}", migration.version,
                                          applicationId));
            }
            transaction.commit();
            ++version;
        }
        return {};
    });
}

} // namespace lemma::engine
