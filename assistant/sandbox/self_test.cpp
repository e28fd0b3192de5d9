#include "assistant/sandbox/self_test.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "assistant/sandbox/file_descriptor.h"
#include "assistant/sandbox/launcher.h"
#include "assistant/sandbox/refusal.h"
#include "assistant/sandbox/runner_location.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {

constexpr const char* canaryProgram = "/lemma/sandbox-inner"; // the runner itself, as it is seen inside

// Something for the attacks to find.
struct Bait {
    FileDescriptor network;
    int port = 0;
    FileDescriptor local;
    std::string localName;
};

Bait layBait()
{
    Bait bait;
    bait.network = FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(bait.network.get(), reinterpret_cast<const sockaddr*>(&address), length);
    ::listen(bait.network.get(), 1);
    ::getsockname(bait.network.get(), reinterpret_cast<sockaddr*>(&address), &length);
    bait.port = ntohs(address.sin_port);

    bait.localName = fmt::format("lemma-canary-{}", ::getpid());
    bait.local = FileDescriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::memcpy(name.sun_path + 1, bait.localName.data(), bait.localName.size());
    const auto nameLength = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + bait.localName.size());
    ::bind(bait.local.get(), reinterpret_cast<const sockaddr*>(&name), nameLength);
    ::listen(bait.local.get(), 1);
    return bait;
}

Limits canaryLimits()
{
    Limits limits;
    limits.memoryBytes = 64 * mebibyte;
    limits.diskBytes = 4 * mebibyte;
    limits.keptOutputBytes = 16 * kibibyte;
    limits.killOutputBytes = 256 * kibibyte;
    limits.processes = 32;
    return limits;
}

Result<JobOutcome> runCanary(const std::filesystem::path& runner, std::vector<std::string> arguments)
{
    Job job;
    job.command = {canaryProgram, "canary"};
    job.command.insert(job.command.end(), arguments.begin(), arguments.end());
    job.limits = canaryLimits();
    LEMMA_TRY(JobOutcome outcome, runJob(runner, job, {}));
    if (outcome.result.ending == Ending::SandboxFailure)
        return fail(ErrorCode::Unsupported, refusalSentence(outcome.result.detail));
    return outcome;
}

Result<> breach(std::string_view what)
{
    return fail(
        ErrorCode::Unsupported,
        fmt::format("The isolation of this machine does not hold, so no code is run. What got through: {}.", what));
}

Result<> attackDirectly(const std::filesystem::path& runner)
{
    const Bait bait = layBait();
    const Limits limits = canaryLimits();
    LEMMA_TRY(const JobOutcome outcome,
              runCanary(runner, {"attack", std::to_string(bait.port), bait.localName, runner.string(),
                                 std::to_string(::getpid()), std::to_string(limits.diskBytes),
                                 std::to_string(limits.processes)}));
    if (outcome.output.find("BREACH") != std::string::npos)
        return breach(outcome.output.substr(0, outcome.output.find("done")));
    if (outcome.result.ending != Ending::Exited || outcome.output.find("done") == std::string::npos)
        return breach(fmt::format("the self-test did not finish ({})", encodeJobResult(outcome.result)));
    return {};
}

Result<> attackLimits(const std::filesystem::path& runner)
{
    LEMMA_TRY(const JobOutcome memory, runCanary(runner, {"memory", "192"}));
    if (memory.output.find("BREACH") != std::string::npos)
        return breach("three times the allowed memory");
    LEMMA_TRY(const JobOutcome flood, runCanary(runner, {"flood"}));
    if (flood.result.ending != Ending::Output || flood.output.size() > canaryLimits().keptOutputBytes)
        return breach("endless output");
    return {};
}

std::string fileStamp(const std::filesystem::path& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return "none";
    return fmt::format("{}-{}-{}.{}", status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

} // namespace

Result<> attackSandbox(const std::filesystem::path& runner)
{
    LEMMA_CHECK(attackDirectly(runner));
    return attackLimits(runner);
}

std::string sandboxFingerprint(const std::filesystem::path& runner)
{
    std::string boot;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), boot);
    struct utsname kernel {};
    ::uname(&kernel);
    // Containers on one machine share its boot, hence the namespace.
    std::error_code error;
    const std::string mounts = std::filesystem::read_symlink("/proc/self/ns/mnt", error).string();
    return fmt::format("{} {} {} {} {} {} {}", boot, kernel.release, kernel.version, mounts, ::geteuid(),
                       fileStamp(bubblewrapPath), fileStamp(runner));
}

} // namespace lemma::assistant
