#include "assistant/sandbox/runner/inner.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "assistant/sandbox/file_descriptor.h"
#include "assistant/sandbox/job/limits_json.h"
#include "assistant/sandbox/runner/bubblewrap.h"
#include "assistant/sandbox/runner/landlock.h"
#include "assistant/sandbox/runner/resource_limits.h"
#include "assistant/sandbox/runner/seccomp_filter.h"

namespace lemma::assistant {

using nlohmann::json;

namespace {

std::string because(const std::string& what) { return what + ": " + std::strerror(errno); }

InnerConfiguration decodeInnerConfiguration(const char* text)
{
    const json document = json::parse(text);
    return {document.at("command").get<std::vector<std::string>>(),
            document.at("readOnlyPaths").get<std::vector<std::string>>(),
            document.at("artifact").get<std::string>(),
            document.at("status").get<int>(),
            document.at("artifactDescriptor").get<int>(),
            limitsFromJson(document.at("limits"))};
}

void report(int descriptor, const json& document)
{
    const std::string line = document.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
    static_cast<void>(::write(descriptor, line.data(), line.size()) == 0); // a runner that is gone needs no report
}

std::optional<std::string> lockIn(const InnerConfiguration& configuration)
{
    if (auto problem = applyResourceLimits(configuration.limits))
        return problem;
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return because("no_new_privs");
    std::vector<std::string> readOnly{"/usr", "/bin",  "/sbin",     "/lib",        "/lib32",       "/lib64",
                                      "/etc", "/proc", "/dev/zero", "/dev/random", "/dev/urandom", innerHelperPath};
    readOnly.insert(readOnly.end(), configuration.readOnlyPaths.begin(), configuration.readOnlyPaths.end());
    if (auto problem = restrictFiles(readOnly, {workDirectory, temporaryDirectory, "/dev/null", "/dev/shm"}))
        return problem;
    return loadSystemCallFilter();
}

// In the child. Writes errno to `failure` and ends where the program cannot be started.
[[noreturn]] void becomeProgram(const std::vector<std::string>& command, int failure)
{
    ::setsid(); // a group of its own: a program that signals its group must not reach us
    std::vector<char*> arguments;
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    // Everything from 3 up closes itself when the program starts, and not before: `failure` is among them.
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    ::execv(arguments.front(), arguments.data());
    const int error = errno;
    static_cast<void>(::write(failure, &error, sizeof error) == 0);
    ::_exit(127);
}

struct Started {
    pid_t pid = -1;
    std::optional<std::string> problem;
};

Started startProgram(const InnerConfiguration& configuration)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return {-1, because("pipe")};
    FileDescriptor readEnd{ends[0]};
    FileDescriptor writeEnd{ends[1]};
    const pid_t pid = ::fork();
    if (pid < 0)
        return {-1, because("fork")};
    if (pid == 0)
        becomeProgram(configuration.command, writeEnd.get());
    writeEnd.reset();
    int error = 0;
    ssize_t count = 0;
    while ((count = ::read(readEnd.get(), &error, sizeof error)) < 0 && errno == EINTR) {
    }
    if (count == 0)
        return {pid, std::nullopt};
    errno = error;
    return {-1, because("cannot start " + configuration.command.front())};
}

// The program may have put anything at the artifact's name: a link, a pipe, a terabyte of holes.
void bringOutArtifact(const InnerConfiguration& configuration)
{
    const FileDescriptor file{
        ::open(configuration.artifact.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)};
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
        static_cast<std::uint64_t>(status.st_size) > configuration.limits.fileBytes)
        return;
    off_t offset = 0;
    while (offset < status.st_size) {
        const auto rest = static_cast<std::size_t>(status.st_size - offset);
        if (::sendfile(configuration.artifactDescriptor, file.get(), &offset, rest) <= 0)
            return;
    }
}

std::int64_t microseconds(const timeval& time) { return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec; }

int superviseProgram(const InnerConfiguration& configuration)
{
    const Started program = startProgram(configuration);
    if (program.problem) {
        report(configuration.statusDescriptor, {{"error", *program.problem}});
        return 1;
    }
    const auto start = std::chrono::steady_clock::now();
    report(configuration.statusDescriptor, {{"started", true}});
    int status = 0;
    struct rusage usage {};
    while (::wait4(program.pid, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    const auto wall = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    if (!configuration.artifact.empty() && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        bringOutArtifact(configuration);
    report(configuration.statusDescriptor, {{"status", status},
                                            {"wall", wall.count()},
                                            {"cpu", microseconds(usage.ru_utime) + microseconds(usage.ru_stime)},
                                            {"peak", std::int64_t{usage.ru_maxrss} * 1024}});
    return 0;
}

} // namespace

std::string encodeInnerConfiguration(const InnerConfiguration& configuration)
{
    const json document{{"command", configuration.command},
                        {"readOnlyPaths", configuration.readOnlyPaths},
                        {"artifact", configuration.artifact},
                        {"status", configuration.statusDescriptor},
                        {"artifactDescriptor", configuration.artifactDescriptor},
                        {"limits", limitsToJson(configuration.limits)}};
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

int runInner(const char* text)
{
    const InnerConfiguration configuration = decodeInnerConfiguration(text);
    if (const auto problem = lockIn(configuration)) {
        report(configuration.statusDescriptor, {{"error", *problem}});
        return 1;
    }
    // Our descriptors must be out of the program's reach: without this it could open them through /proc/PID/fd.
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    return superviseProgram(configuration);
}

} // namespace lemma::assistant
