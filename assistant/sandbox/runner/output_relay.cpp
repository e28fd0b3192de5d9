#include "assistant/sandbox/runner/output_relay.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <poll.h>

namespace lemma::assistant {

bool OutputRelay::read()
{
    std::array<char, 65536> buffer;
    const ssize_t count = ::read(m_source.get(), buffer.data(), buffer.size());
    if (count < 0)
        return errno == EINTR || errno == EAGAIN;
    const auto size = static_cast<std::uint64_t>(count);
    const auto kept = static_cast<std::size_t>(std::min(size, m_budget.keep));
    m_budget.total += size;
    m_budget.keep -= kept;
    m_pending.append(buffer.data(), kept);
    m_head.append(buffer.data(), std::min(kept, 1024 - std::min<std::size_t>(m_head.size(), 1024)));
    return count > 0;
}

void OutputRelay::drain()
{
    ::fcntl(m_source.get(), F_SETFL, O_NONBLOCK);
    std::uint64_t before = 0;
    do {
        before = m_budget.total;
        read();
    } while (m_budget.total != before);
}

bool OutputRelay::writeSome(int timeoutMilliseconds)
{
    if (m_written == m_pending.size())
        return false;
    pollfd ready{m_target, POLLOUT, 0};
    if (::poll(&ready, 1, timeoutMilliseconds) <= 0)
        return false;
    // A pipe that is ready takes PIPE_BUF bytes without blocking: pipe(7).
    const std::size_t size = std::min<std::size_t>(m_pending.size() - m_written, PIPE_BUF);
    const ssize_t count = ::write(m_target, m_pending.data() + m_written, size);
    if (count < 0 && errno == EINTR)
        return true;
    m_written =
        count > 0 ? m_written + static_cast<std::size_t>(count) : m_pending.size(); // a closed reader wants nothing
    if (m_written == m_pending.size()) {
        m_pending.clear();
        m_written = 0;
    }
    return true;
}

void OutputRelay::flush()
{
    while (writeSome(0)) {
    }
}

void OutputRelay::flushAll()
{
    while (writeSome(-1)) {
    }
}

} // namespace lemma::assistant
