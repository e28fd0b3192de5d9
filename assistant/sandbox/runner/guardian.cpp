#include "assistant/sandbox/runner/guardian.h"

#include <cerrno>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "assistant/sandbox/job/job.h"
#include "assistant/sandbox/runner/process_tree.h"

namespace lemma::assistant {
namespace {

int runSupervisor(const std::function<int()>& supervise, pid_t guardian)
{
    // Blocked, so that a signal that comes before the supervisor listens is kept for it.
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    return ::getppid() == guardian ? supervise() : 1;
}

// The streams belong to the supervisor: the application must see them end when it ends.
void closeStreams()
{
    for (const int descriptor :
         {jobDescriptor, STDOUT_FILENO, STDERR_FILENO, controlDescriptor, artifactDescriptor, liveInputDescriptor})
        ::close(descriptor);
}

} // namespace

int guarded(const std::function<int()>& supervise)
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const pid_t guardian = ::getpid();
    const pid_t supervisor = ::fork();
    if (supervisor == 0)
        ::_exit(runSupervisor(supervise, guardian));
    closeStreams();
    int status = 0;
    while (supervisor > 0 && ::waitpid(supervisor, &status, 0) < 0 && errno == EINTR) {
    }
    endAllChildren();
    return supervisor > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

} // namespace lemma::assistant
