#pragma once
// The tables of the history and how older files reach the present form. Internal to engine/history.
//
// PRAGMA user_version holds the schema's version. Each migration runs in one transaction together with the new version
// number, so a file is always at a whole version. Before the first step of an existing file a copy is written beside it
// (name.v1.backup). A file of a newer Lemma, or a database that is not ours, is refused before anything is written.

#include <span>

#include "engine/base/result.h"

namespace SQLite {
class Database;
}

namespace lemma::engine {

struct Migration {
    int version; // that the file has afterwards
    const char* statements;
};

std::span<const Migration> historyMigrations();

// Unsupported for a newer file, InvalidArgument for somebody else's database. `migrations` is a parameter for tests.
Result<void> migrate(SQLite::Database& database, std::span<const Migration> migrations = historyMigrations());

} // namespace lemma::engine
