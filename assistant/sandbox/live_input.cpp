#include "assistant/sandbox/live_input.h"

#include <cerrno>
#include <csignal>
#include <sys/eventfd.h>

namespace lemma::assistant {

namespace {

// A program that has ended, or closed its stdin, makes a write fail; the signal that comes with it would end us.
class PipeSignalBlocked {
public:
    PipeSignalBlocked()
    {
        ::sigemptyset(&m_pipe);
        ::sigaddset(&m_pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~PipeSignalBlocked()
    {
        const timespec now{};
        if (::sigismember(&m_before, SIGPIPE) == 0) {
            while (::sigtimedwait(&m_pipe, nullptr, &now) < 0 && errno == EINTR) {
            }
        }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    PipeSignalBlocked(const PipeSignalBlocked&) = delete;
    PipeSignalBlocked& operator=(const PipeSignalBlocked&) = delete;

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
};

} // namespace

LiveInput::LiveInput() : m_wakeUp(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void LiveInput::write(std::string_view bytes)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return;
    m_pending.append(bytes);
    ::eventfd_write(m_wakeUp.get(), 1);
}

void LiveInput::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    ::eventfd_write(m_wakeUp.get(), 1);
}

LiveInput::State LiveInput::pump(int target)
{
    const std::lock_guard lock(m_mutex);
    eventfd_t count = 0;
    ::eventfd_read(m_wakeUp.get(), &count);
    const PipeSignalBlocked blocked;
    while (m_written < m_pending.size()) {
        const ssize_t written = ::write(target, m_pending.data() + m_written, m_pending.size() - m_written);
        if (written > 0)
            m_written += static_cast<std::size_t>(written);
        else if (errno == EAGAIN)
            return State::Pending;
        else if (errno != EINTR)
            return State::Finished; // nobody reads any more
    }
    m_pending.clear();
    m_written = 0;
    return m_isClosed ? State::Finished : State::Idle;
}

} // namespace lemma::assistant
