#pragma once
// A session as a file for people or programs.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/history/history_store.h"

namespace lemma::engine {

// The whole tree, pretty-printed, with a final newline:
//   {"format": "lemma-session", "version": 1,
//    "session": {"id", "kind", "title", "model", "created", "updated", "activeMessage"},
//    "messages": [{"id", "parent", "role", "content", "thought", "endReason", "model", "sampling", "usage", "created",
//                  "active"}, ...]}
// Times are ISO 8601 in UTC; `active` marks the branch that is shown; absent values are null.
Result<std::string> exportJson(const HistoryStore& store, SessionId session);

enum class Thoughts : std::uint8_t { Leave, Include };

// The active branch as Markdown; thoughts as folded <details> where they are wanted.
Result<std::string> exportMarkdown(const HistoryStore& store, SessionId session, Thoughts thoughts);

} // namespace lemma::engine
