#include "app/cli/line_reader.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace lemma::app {
namespace {

class Event {
public:
    Event() : m_descriptor(::eventfd(0, EFD_CLOEXEC)) {}
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    ~Event() { ::close(m_descriptor); }

    void set() const { ::eventfd_write(m_descriptor, 1); }
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

// False when stopped first.
bool waitForInput(const std::stop_token& stop)
{
    const Event stopped;
    const std::stop_callback wakeUp(stop, [&stopped] { stopped.set(); });
    std::array<pollfd, 2> descriptors{{{STDIN_FILENO, POLLIN, 0}, {stopped.descriptor(), POLLIN, 0}}};
    while (::poll(descriptors.data(), descriptors.size(), -1) < 0)
        if (errno != EINTR)
            return true; // read() will tell
    return !stop.stop_requested();
}

// Bytes read, 0 at the end, -1 on an error.
ssize_t readSome(std::string& out)
{
    std::array<char, 65536> buffer;
    ssize_t count;
    do
        count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    while (count < 0 && errno == EINTR);
    if (count > 0)
        out.append(buffer.data(), static_cast<std::size_t>(count));
    return count;
}

} // namespace

std::optional<std::string> LineReader::readLine(const std::stop_token& stop)
{
    std::size_t end = m_buffer.find('\n');
    while (end == std::string::npos && !m_ended) {
        if (!waitForInput(stop))
            return std::nullopt;
        m_ended = readSome(m_buffer) <= 0;
        end = m_buffer.find('\n');
    }
    if (end == std::string::npos && m_buffer.empty())
        return std::nullopt;
    std::string line = m_buffer.substr(0, end);
    m_buffer.erase(0, end == std::string::npos ? end : end + 1);
    if (line.ends_with('\r'))
        line.pop_back();
    return line;
}

engine::Result<std::string> readStandardInput()
{
    std::string text;
    ssize_t count;
    while ((count = readSome(text)) > 0) {
    }
    if (count < 0)
        return engine::fail(engine::ErrorCode::Io,
                            fmt::format("standard input cannot be read: {}", std::strerror(errno)));
    return text;
}

} // namespace lemma::app
