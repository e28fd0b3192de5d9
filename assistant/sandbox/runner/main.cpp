// lemma-sandbox: isolates and supervises one run. Started by the application (job/job.h), not by people.
//     lemma-sandbox run              supervises one job
//     lemma-sandbox inner CONFIG     inside the sandbox (inner.h)
//     lemma-sandbox canary ARGS...   inside the sandbox, in place of a program: tries to break out (canary.h)

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <unistd.h>

#include "assistant/sandbox/job/job.h"
#include "assistant/sandbox/runner/canary.h"
#include "assistant/sandbox/runner/drop_privileges.h"
#include "assistant/sandbox/runner/guardian.h"
#include "assistant/sandbox/runner/inner.h"
#include "assistant/sandbox/runner/supervisor.h"

namespace {

using namespace lemma::assistant;

std::string readAll(int descriptor)
{
    std::string bytes;
    char buffer[65536];
    ssize_t count = 0;
    while ((count = ::read(descriptor, buffer, sizeof buffer)) > 0 || (count < 0 && errno == EINTR))
        bytes.append(buffer, count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
}

JobResult failure(std::string detail)
{
    JobResult result;
    result.detail = std::move(detail);
    return result;
}

JobResult superviseJob(int self)
{
    auto job = decodeJob(readAll(jobDescriptor));
    if (!job)
        return failure(job.error().message);
    return Supervisor(*job, self).run();
}

int answer(const JobResult& result)
{
    const std::string text = encodeJobResult(result);
    return ::write(controlDescriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1;
}

int runMain()
{
    ::close_range(liveInputDescriptor + 1, ~0U, 0); // what the application forgot to close is not ours to pass on
    ::fcntl(controlDescriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(artifactDescriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(liveInputDescriptor, F_SETFD, FD_CLOEXEC);
    // Opened first: as another user we might not be allowed to read our own executable.
    const FileDescriptor self{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
    if (!self)
        return answer(failure(std::string("cannot open the runner: ") + std::strerror(errno)));
    if (const auto problem = dropPrivileges())
        return answer(failure("Code is never run as root, and the privileges could not be dropped: " + *problem));
    return guarded([&self] { return answer(superviseJob(self.get())); });
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view role = argc > 1 ? argv[1] : "";
    try {
        if (role == "run" && argc == 2)
            return runMain();
        if (role == "inner" && argc == 3)
            return runInner(argv[2]);
        if (role == "canary")
            return runCanary(argc - 2, argv + 2);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "lemma-sandbox: %s\n", error.what());
        return 1;
    }
    std::fputs("lemma-sandbox isolates the programs that Lemma runs. It is started by lemma and lemma-cli.\n", stderr);
    return 2;
}
