#include "assistant/sandbox/runner/resource_limits.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {
namespace {

// Where the machine runs out of memory before our own watch sees it, the kernel should choose the program, not the
// desktop.
void volunteerForOutOfMemory()
{
    const FileDescriptor file{::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)};
    if (file)
        static_cast<void>(::write(file.get(), "1000", 4) == 4);
}

} // namespace

std::optional<std::string> applyResourceLimits(const Limits& limits)
{
    volunteerForOutOfMemory();
    // Address space (RLIMIT_AS) is useless: Java, Node, Go and the sanitizers reserve gigabytes. Data catches the one
    // huge allocation with an error that the program can report; stacks of threads count as data, hence the allowance.
    const rlim_t data = limits.memoryBytes + 16 * limits.stackBytes + 64 * mebibyte;
    const rlim_t cpuSeconds = static_cast<rlim_t>(limits.cpu.count() / 1000 + 2); // the supervisor is more exact
    const rlim_t processes = static_cast<rlim_t>(limits.processes + 2);           // bubblewrap's and this one
    const struct {
        int resource;
        rlim_t value;
    } table[] = {
        {RLIMIT_CPU, cpuSeconds},
        {RLIMIT_DATA, data},
        {RLIMIT_FSIZE, limits.fileBytes},
        {RLIMIT_STACK, limits.stackBytes},
        {RLIMIT_NOFILE, static_cast<rlim_t>(limits.openFiles)},
        {RLIMIT_NPROC, processes},
        {RLIMIT_CORE, 0},
        {RLIMIT_MEMLOCK, 64 * kibibyte},
        {RLIMIT_MSGQUEUE, 0},
        {RLIMIT_SIGPENDING, 256},
    };
    for (const auto& [resource, value] : table) {
        struct rlimit current {};
        ::getrlimit(static_cast<__rlimit_resource_t>(resource), &current);
        const rlim_t allowed = value < current.rlim_max ? value : current.rlim_max;
        const struct rlimit wanted {
            allowed, allowed
        };
        if (::setrlimit(static_cast<__rlimit_resource_t>(resource), &wanted) != 0)
            return "resource limit " + std::to_string(resource) + ": " + std::strerror(errno);
    }
    return std::nullopt;
}

} // namespace lemma::assistant
