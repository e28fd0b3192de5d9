#include "assistant/sandbox/runner/process_tree.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {
namespace {

constexpr std::chrono::seconds patience{5};

// Readable when a child has ended.
FileDescriptor childEndings()
{
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    return FileDescriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

// True when there are no children at all.
bool reap()
{
    pid_t ended = 0;
    while ((ended = ::waitpid(-1, nullptr, WNOHANG)) > 0) {
    }
    return ended < 0 && errno == ECHILD;
}

} // namespace

bool endAllChildren()
{
    if (reap())
        return true;
    const FileDescriptor endings = childEndings();
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
        // Killing process 1 of a process namespace ends everything in it. Orphans become our children: hence the
        // rounds.
        for (const pid_t child : ownChildren())
            ::kill(child, SIGKILL);
        if (reap())
            return true;
        pollfd ending{endings.get(), POLLIN, 0};
        ::poll(&ending, 1, 20);
        signalfd_siginfo info{};
        static_cast<void>(::read(endings.get(), &info, sizeof info) == 0);
    }
    return false;
}

} // namespace lemma::assistant
