#include "assistant/sandbox/runner/landlock.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {
namespace {

// Debian 12's kernel headers stop at ABI 2, so the later bits are spelled out
// (Documentation/userspace-api/landlock.rst).
constexpr std::uint64_t accessOfAbi1 = (std::uint64_t{1} << 13) - 1;
constexpr std::uint64_t accessRefer = std::uint64_t{1} << 13;    // ABI 2
constexpr std::uint64_t accessTruncate = std::uint64_t{1} << 14; // ABI 3
constexpr std::uint64_t accessIoctlDev = std::uint64_t{1} << 15; // ABI 5
constexpr std::uint64_t netBindAndConnect = 3;                   // ABI 4: TCP
constexpr std::uint64_t scopeSocketsAndSignals = 3;              // ABI 6: abstract Unix sockets, signals

constexpr std::uint64_t accessRead =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t accessMakeDevice = LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK;
// What may be granted for something that is no folder.
constexpr std::uint64_t accessOfFiles = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                        LANDLOCK_ACCESS_FS_WRITE_FILE | accessTruncate | accessIoctlDev;

struct RulesetAttributes {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scoped = 0;
};

std::string because(const std::string& what) { return "Landlock: " + what + ": " + std::strerror(errno); }

RulesetAttributes attributesOf(int abi)
{
    RulesetAttributes attributes{accessOfAbi1};
    if (abi >= 2)
        attributes.files |= accessRefer;
    if (abi >= 3)
        attributes.files |= accessTruncate;
    if (abi >= 4)
        attributes.network = netBindAndConnect;
    if (abi >= 5)
        attributes.files |= accessIoctlDev;
    if (abi >= 6)
        attributes.scoped = scopeSocketsAndSignals;
    return attributes;
}

// An older kernel refuses a structure that is longer than the one it knows.
std::size_t attributesSize(int abi)
{
    if (abi >= 6)
        return sizeof(RulesetAttributes);
    return abi >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

std::optional<std::string> allow(int ruleset, const std::string& path, std::uint64_t access)
{
    const FileDescriptor target{::open(path.c_str(), O_PATH | O_CLOEXEC)};
    if (!target)
        return errno == ENOENT ? std::nullopt : std::optional<std::string>(because(path));
    struct stat status {};
    if (::fstat(target.get(), &status) != 0)
        return because(path);
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(status.st_mode) ? access : access & accessOfFiles;
    rule.parent_fd = target.get();
    if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
        return because(path);
    return std::nullopt;
}

} // namespace

int landlockAbi()
{
    const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi > 0 ? static_cast<int>(abi) : 0;
}

std::optional<std::string> restrictFiles(const std::vector<std::string>& readOnly,
                                         const std::vector<std::string>& readWrite)
{
    const int abi = landlockAbi();
    if (abi == 0)
        return "Landlock: this kernel does not have it";
    const RulesetAttributes attributes = attributesOf(abi);
    const FileDescriptor ruleset{
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, attributesSize(abi), 0))};
    if (!ruleset)
        return because("ruleset");
    for (const std::string& path : readOnly) {
        if (auto problem = allow(ruleset.get(), path, accessRead))
            return problem;
    }
    for (const std::string& path : readWrite) {
        if (auto problem = allow(ruleset.get(), path, attributes.files & ~accessMakeDevice))
            return problem;
    }
    if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0)
        return because("restrict");
    return std::nullopt;
}

} // namespace lemma::assistant
