#include "app/cli/interrupt.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include "app/cli/exit_code.h"

namespace lemma::app {
namespace {

// A signal handler may do almost nothing: it writes a byte that a thread reads.
int pipeEnds[2] = {-1, -1};
constexpr char signalByte = 's', endByte = 'e';

void onSignal(int)
{
    const int saved = errno;
    (void)!::write(pipeEnds[1], &signalByte, 1);
    errno = saved;
}

void setHandler(void (*handler)(int))
{
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace

Interrupts::Interrupts()
{
    if (::pipe2(pipeEnds, O_CLOEXEC) != 0)
        return; // signals keep their usual effect
    m_thread = std::thread([this] { watch(); });
    setHandler(onSignal);
}

Interrupts::~Interrupts()
{
    if (!m_thread.joinable())
        return;
    setHandler(SIG_DFL);
    (void)!::write(pipeEnds[1], &endByte, 1);
    m_thread.join();
    ::close(pipeEnds[0]);
    ::close(pipeEnds[1]);
}

void Interrupts::watch()
{
    char byte = 0;
    while (::read(pipeEnds[0], &byte, 1) == 1 && byte == signalByte) {
        const std::scoped_lock lock(m_mutex);
        if (!m_source.stop_possible() || !m_source.request_stop()) {
            if (::isatty(STDOUT_FILENO) == 1)
                (void)!::write(STDOUT_FILENO, "\x1b[0m\n", 5);
            ::_exit(exitCancelled);
        }
    }
}

Interrupts::Scope::Scope(Interrupts& interrupts, std::stop_source source) : m_interrupts(interrupts)
{
    const std::scoped_lock lock(interrupts.m_mutex);
    interrupts.m_source = std::move(source);
}

Interrupts::Scope::~Scope()
{
    const std::scoped_lock lock(m_interrupts.m_mutex);
    m_interrupts.m_source = std::stop_source(std::nostopstate);
}

} // namespace lemma::app
