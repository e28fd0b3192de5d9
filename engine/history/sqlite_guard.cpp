#include "engine/history/sqlite_guard.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace lemma::engine {
namespace {

struct Meaning {
    ErrorCode code;
    std::string_view text;
};

Meaning meaningOf(int sqliteCode)
{
    switch (sqliteCode & 0xFF) { // the upper bits only say where in SQLite it happened
    case SQLITE_FULL: return {ErrorCode::Io, "the disk is full"};
    case SQLITE_READONLY: return {ErrorCode::Io, "the history cannot be written"};
    case SQLITE_CANTOPEN: return {ErrorCode::Io, "the history file cannot be opened"};
    case SQLITE_PERM:
    case SQLITE_IOERR: return {ErrorCode::Io, "reading or writing the history failed"};
    case SQLITE_CORRUPT: return {ErrorCode::CorruptFile, "the history file is damaged"};
    case SQLITE_NOTADB: return {ErrorCode::CorruptFile, "the file is not a history database"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {ErrorCode::Timeout, "another program keeps the history locked"};
    case SQLITE_NOMEM: return {ErrorCode::OutOfMemory, "out of memory"};
    case SQLITE_CONSTRAINT: return {ErrorCode::InvalidArgument, "the history refuses inconsistent data"};
    case SQLITE_TOOBIG: return {ErrorCode::InvalidArgument, "the text is too long for the history"};
    default: return {ErrorCode::Internal, "unexpected database error"};
    }
}

} // namespace

Error errorFromSqlite(std::string_view action, const SQLite::Exception& exception)
{
    const Meaning meaning = meaningOf(exception.getErrorCode());
    return {meaning.code, fmt::format("history, {}: {} ({})", action, meaning.text, exception.what())};
}

} // namespace lemma::engine
