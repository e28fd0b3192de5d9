#include "engine/history/history_store.h"

#include <cerrno>
#include <cstring>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "engine/base/user_directories.h"
#include "engine/base/utf8.h"
#include "engine/history/schema.h"
#include "engine/history/sqlite_guard.h"

namespace lemma::engine {
namespace {

constexpr int busyTimeoutMs = 5000;

// Conversations are private: SQLite would create the file with the usual permissions. Its -wal and -shm files take
// those of the database.
Result<void> createPrivately(const std::filesystem::path& path)
{
    std::error_code error;
    if (path.has_parent_path() && !std::filesystem::exists(path.parent_path(), error)) {
        std::filesystem::create_directories(path.parent_path(), error);
        if (error)
            return fail(ErrorCode::Io,
                        fmt::format("history: {} cannot be created: {}", path.parent_path().string(), error.message()));
        std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all, error);
    }
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail(ErrorCode::Io,
                    fmt::format("history: {} cannot be written: {}", path.string(), std::strerror(errno)));
    ::close(descriptor);
    return {};
}

Session readSession(SQLite::Statement& row)
{
    Session session;
    session.id = row.getColumn(0).getInt64();
    session.kind = sessionKindFromName(row.getColumn(1).getString()).value_or(SessionKind::Ask);
    session.title = row.getColumn(2).getString();
    session.model = row.getColumn(3).getString();
    session.created = Timestamp(std::chrono::milliseconds(row.getColumn(4).getInt64()));
    session.updated = Timestamp(std::chrono::milliseconds(row.getColumn(5).getInt64()));
    if (!row.isColumnNull(6))
        session.activeMessage = row.getColumn(6).getInt64();
    return session;
}

Result<void> changedOne(int rows, std::string_view what, std::int64_t id)
{
    if (rows == 0)
        return fail(ErrorCode::NotFound, fmt::format("history: there is no {} {}", what, id));
    return {};
}

} // namespace

std::filesystem::path defaultHistoryPath()
{
    if (std::filesystem::path path = pathFromEnvironment("LEMMA_HISTORY"); !path.empty())
        return path;
    return userDataDirectory() / "lemma" / "history.sqlite";
}

HistoryStore::HistoryStore(std::unique_ptr<SQLite::Database> database, WriterLock lock, WallClock clock)
    : m_database(std::move(database)), m_lock(std::move(lock)), m_clock(std::move(clock))
{
    if (!m_clock)
        m_clock = [] { return std::chrono::system_clock::now(); };
}

HistoryStore::HistoryStore(HistoryStore&&) noexcept = default;
HistoryStore& HistoryStore::operator=(HistoryStore&&) noexcept = default;
HistoryStore::~HistoryStore() = default;

Result<HistoryStore> HistoryStore::open(const std::filesystem::path& path, WallClock clock)
{
    LEMMA_CHECK(createPrivately(path));
    return guarded("opening", [&]() -> Result<HistoryStore> {
        auto database = std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                           busyTimeoutMs);
        if (sqlite3_db_readonly(database->getHandle(), "main") == 1)
            return fail(ErrorCode::Io, fmt::format("history: {} is read-only", path.string()));
        LEMMA_CHECK(migrate(*database));
        database->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        LEMMA_TRY(WriterLock lock, WriterLock::open(path.string() + ".lock"));
        HistoryStore store(std::move(database), std::move(lock), std::move(clock));
        LEMMA_CHECK(store.recover());
        return store;
    });
}

std::int64_t HistoryStore::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(m_clock()).time_since_epoch().count();
}

Result<SessionId> HistoryStore::createSession(SessionKind kind, std::string_view title, std::string_view model)
{
    return guarded("creating a session", [&]() -> Result<SessionId> {
        SQLite::Statement insert(*m_database,
                                 "INSERT INTO session(kind, title, model, created, updated) VALUES(?, ?, ?, ?4, ?4)");
        insert.bind(1, std::string(sessionKindName(kind)));
        insert.bind(2, utf8Sanitized(title));
        insert.bind(3, std::string(model));
        insert.bind(4, now());
        insert.exec();
        return m_database->getLastInsertRowid();
    });
}

Result<Session> HistoryStore::session(SessionId id) const
{
    return guarded("reading a session", [&]() -> Result<Session> {
        SQLite::Statement query(
            *m_database, "SELECT id, kind, title, model, created, updated, active_message FROM session WHERE id = ?");
        query.bind(1, id);
        if (!query.executeStep())
            return fail(ErrorCode::NotFound, fmt::format("history: there is no session {}", id));
        return readSession(query);
    });
}

Result<std::vector<Session>> HistoryStore::sessions() const
{
    return guarded("reading the sessions", [&]() -> Result<std::vector<Session>> {
        SQLite::Statement query(*m_database,
                                "SELECT id, kind, title, model, created, updated, active_message FROM session "
                                "ORDER BY updated DESC, id DESC");
        std::vector<Session> sessions;
        while (query.executeStep())
            sessions.push_back(readSession(query));
        return sessions;
    });
}

Result<void> HistoryStore::renameSession(SessionId id, std::string_view title)
{
    return guarded("renaming a session", [&]() -> Result<void> {
        SQLite::Statement update(*m_database, "UPDATE session SET title = ? WHERE id = ?");
        update.bind(1, utf8Sanitized(title));
        update.bind(2, id);
        return changedOne(update.exec(), "session", id);
    });
}

Result<void> HistoryStore::deleteSession(SessionId id)
{
    return guarded("deleting a session", [&]() -> Result<void> {
        SQLite::Statement remove(*m_database, "DELETE FROM session WHERE id = ?");
        remove.bind(1, id);
        return changedOne(remove.exec(), "session", id);
    });
}

Result<void> HistoryStore::checkIntegrity() const
{
    return guarded("checking the file", [&]() -> Result<void> {
        SQLite::Statement query(*m_database, "PRAGMA integrity_check");
        std::string findings;
        while (query.executeStep())
            findings += query.getColumn(0).getString() + "\n";
        if (findings != "ok\n")
            return fail(ErrorCode::CorruptFile, "history: " + findings);
        SQLite::Statement foreignKeys(*m_database, "PRAGMA foreign_key_check");
        if (foreignKeys.executeStep())
            return fail(ErrorCode::CorruptFile, "history: a message refers to something that is not there");
        return {};
    });
}

} // namespace lemma::engine
