#include "engine/base/log.h"

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

namespace lemma::engine {
namespace {

LogLevel levelFromEnvironment()
{
    const char* value = std::getenv("LEMMA_LOG");
    const std::string_view name = value ? value : "";
    if (name == "debug")
        return LogLevel::Debug;
    if (name == "info")
        return LogLevel::Info;
    if (name == "error")
        return LogLevel::Error;
    if (name == "off")
        return LogLevel::Off;
    return LogLevel::Warning;
}

const char* levelName(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warning: return "warning";
    default: return "error";
    }
}

// The log is the one process-wide thing we have: whoever reports a bug has one log, not one per object.
struct LogState {
    LogLevel threshold = levelFromEnvironment();
    std::mutex mutex;
    LogSink sink;
};

LogState& state()
{
    static LogState instance;
    return instance;
}

} // namespace

void setLogSink(LogSink sink)
{
    const std::scoped_lock lock(state().mutex);
    state().sink = std::move(sink);
}

bool logEnabled(LogLevel level) { return level >= state().threshold; }

void logMessage(LogLevel level, std::string_view message)
{
    LogState& log = state();
    const std::scoped_lock lock(log.mutex);
    if (log.sink)
        log.sink(level, message);
    else
        std::fprintf(stderr, "lemma: %s: %.*s\n", levelName(level), static_cast<int>(message.size()), message.data());
}

} // namespace lemma::engine
