#pragma once
// Diagnostics for developers and bug reports; never text of a conversation. Thread-safe.
//
//     log(LogLevel::Warning, "tokenizer: unknown pre-tokenizer '{}', using gpt-2", name);
//
// Messages go to the sink (default: stderr, warnings and errors only; LEMMA_LOG=debug|info|warning|error|off changes
// that).

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace lemma::engine {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error, Off };

using LogSink = std::function<void(LogLevel, std::string_view)>;

// Replaces the sink of the whole process; an empty function restores the default. Called once, by main() or a test.
void setLogSink(LogSink sink);

bool logEnabled(LogLevel level);
void logMessage(LogLevel level, std::string_view message);

template <class... Args>
void log(LogLevel level, fmt::format_string<Args...> format, Args&&... args)
{
    if (logEnabled(level))
        logMessage(level, fmt::format(format, std::forward<Args>(args)...));
}

} // namespace lemma::engine
