#pragma once
// The border at which SQLiteCpp's exceptions become Results. Internal to engine/history.
//
//     return guarded("reading the sessions", [&]() -> Result<int> { ... throws SQLite::Exception ... });

#include <new>
#include <string_view>
#include <type_traits>

#include <SQLiteCpp/Exception.h>

#include "engine/base/result.h"

namespace lemma::engine {

// CorruptFile, Io (full, read-only, unreadable), Timeout (locked by another program), ...: by SQLite's result code.
Error errorFromSqlite(std::string_view action, const SQLite::Exception& exception);

template <class Function>
std::invoke_result_t<Function> guarded(std::string_view action, Function function)
{
    try {
        return function();
    } catch (const SQLite::Exception& exception) {
        return fail(errorFromSqlite(action, exception));
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "history: out of memory");
    }
}

} // namespace lemma::engine
