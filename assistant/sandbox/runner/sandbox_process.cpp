#include "assistant/sandbox/runner/sandbox_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "assistant/sandbox/runner/bubblewrap.h"
#include "assistant/sandbox/runner/inner.h"
#include "assistant/sandbox/runner/memory_file.h"
#include "assistant/sandbox/runner_location.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {

struct Pipe {
    FileDescriptor readEnd;
    FileDescriptor writeEnd;
};

Result<Pipe> makePipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return fail(ErrorCode::Io, std::string("pipe: ") + std::strerror(errno));
    return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

void inherit(int descriptor) { ::fcntl(descriptor, F_SETFD, 0); }

struct ChildDescriptors {
    int input;
    int output;
    int errors;
};

[[noreturn]] void becomeBubblewrap(const BubblewrapCommand& command, const ChildDescriptors& descriptors, pid_t runner)
{
    // Survives the exec, so that there is no moment at which our death would leave bubblewrap behind.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (::getppid() != runner)
        ::_exit(1);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::dup2(descriptors.input, STDIN_FILENO);
    ::dup2(descriptors.output, STDOUT_FILENO);
    ::dup2(descriptors.errors, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& argument : command.arguments)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    // Nothing of our environment: process 1 of the sandbox is bubblewrap, and what it was started with can be read
    // there.
    std::array<char*, 1> environment{nullptr};
    ::execve(bubblewrapPath, arguments.data(), environment.data());
    ::dprintf(STDERR_FILENO, "bwrap: %s\n", std::strerror(errno));
    ::_exit(127);
}

} // namespace

Result<SandboxProcess> startSandbox(const Job& job, int self)
{
    LEMMA_TRY(Pipe output, makePipe());
    LEMMA_TRY(Pipe errors, makePipe());
    LEMMA_TRY(Pipe status, makePipe());
    // Ours only until the program has it: whoever writes must see that the program is gone.
    const FileDescriptor input =
        job.hasLiveInput ? FileDescriptor(liveInputDescriptor) : sealedMemoryFile("stdin", job.input);
    if (!input)
        return fail(ErrorCode::OutOfMemory, "no memory for stdin");
    const InnerConfiguration inner{job.command,           job.readOnlyPaths,  job.artifact,
                                   status.writeEnd.get(), artifactDescriptor, job.limits};
    LEMMA_TRY(const BubblewrapCommand command, bubblewrapCommand(job, self, encodeInnerConfiguration(inner)));
    inherit(status.writeEnd.get());
    inherit(self);
    if (!job.artifact.empty())
        inherit(artifactDescriptor);

    const pid_t runner = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0)
        return fail(ErrorCode::Io, std::string("fork: ") + std::strerror(errno));
    if (pid == 0)
        becomeBubblewrap(command, {input.get(), output.writeEnd.get(), errors.writeEnd.get()}, runner);
    FileDescriptor exited{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
    if (!exited)
        return fail(ErrorCode::Unsupported, std::string("pidfd_open: ") + std::strerror(errno));
    return SandboxProcess{pid, std::move(exited), std::move(output.readEnd), std::move(errors.readEnd),
                          std::move(status.readEnd)};
}

} // namespace lemma::assistant
