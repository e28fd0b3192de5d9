#include "app/cli/console.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "engine/base/utf8.h"

namespace lemma::app {
namespace {

// False when the reader is gone or the disk is full.
bool writeAll(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool wantsColours()
{
    const char* noColour = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return !(noColour && *noColour) && !(terminal && std::string_view(terminal) == "dumb");
}

} // namespace

Console::Console() : m_terminal(::isatty(STDOUT_FILENO) == 1), m_errorTerminal(::isatty(STDERR_FILENO) == 1)
{
    std::signal(SIGPIPE, SIG_IGN);
    m_colours = m_terminal && wantsColours();
}

std::string_view Console::style(Style style) const
{
    if (!m_colours)
        return "";
    switch (style) {
    case Style::Plain: return "\x1b[0m";
    case Style::Heading: return "\x1b[1m";
    case Style::Thought: return "\x1b[2;3m";
    case Style::Faint: return "\x1b[2m";
    case Style::Error: return "\x1b[1;31m";
    }
    return "";
}

void Console::writeText(std::string_view text)
{
    clearProgress();
    if (!m_closed)
        m_closed = !writeAll(STDOUT_FILENO, text);
}

void Console::writeToErrors(std::string_view text)
{
    clearProgress();
    (void)writeAll(STDERR_FILENO, text); // there is nobody left to tell
}

void Console::progress(std::string_view text)
{
    if (!m_terminal || !m_errorTerminal || text == m_progress)
        return;
    (void)writeAll(STDERR_FILENO, fmt::format("\r{}\x1b[K", text));
    m_progress = text;
}

void Console::clearProgress()
{
    if (!m_progress.empty())
        (void)writeAll(STDERR_FILENO, "\r\x1b[K");
    m_progress.clear();
}

void Console::note(std::string_view text)
{
    if (m_terminal && m_errorTerminal)
        writeToErrors(fmt::format("{}{}{}\n", style(Style::Faint), text, style(Style::Plain)));
}

void Console::warn(std::string_view text) { writeToErrors(fmt::format("lemma-cli: warning: {}\n", text)); }

void Console::error(const engine::Error& error)
{
    const bool colours = m_errorTerminal && m_colours;
    writeToErrors(fmt::format("lemma-cli: {}{}{}: {}\n", colours ? style(Style::Error) : "", errorCodeName(error.code),
                              colours ? style(Style::Plain) : "", engine::utf8Sanitized(error.message)));
}

} // namespace lemma::app
