#include "app/window/termination.h"

#include <QApplication>
#include <QSocketNotifier>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace lemma::app {

namespace {

// A signal handler may do little more than write to a pipe; Qt reads the other end.
int g_pipe[2] = {-1, -1};

constexpr std::array Signals = {SIGTERM, SIGINT, SIGHUP};

extern "C" void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(g_pipe[1], &byte, 1);
}

} // namespace

Termination::Termination(QCoreApplication& application)
{
    if (pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // the default then is to end at once: the journal has all but the last second
    m_notifier = new QSocketNotifier(g_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, &application, [] {
        char byte = 0;
        [[maybe_unused]] const ssize_t got = read(g_pipe[0], &byte, 1);
        QApplication::closeAllWindows();
        QCoreApplication::quit();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : Signals)
        sigaction(signal, &action, nullptr);
}

Termination::~Termination()
{
    if (!m_notifier)
        return;
    for (const int signal : Signals)
        std::signal(signal, SIG_DFL);
    close(g_pipe[0]);
    close(g_pipe[1]);
}

} // namespace lemma::app
