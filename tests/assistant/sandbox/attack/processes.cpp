#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/assistant/sandbox/attack/attack.h"

namespace attack {
namespace {

pid_t process(const std::string& text) { return std::atoi(text.c_str()); }

bool trace(Arguments a)
{
    const pid_t target = a[0] == "parent" ? ::getppid() : process(a[0]);
    return ::ptrace(PTRACE_SEIZE, target, nullptr, nullptr) == 0;
}

bool readMemory(Arguments a)
{
    char bytes[16];
    iovec local{bytes, sizeof bytes};
    iovec remote{reinterpret_cast<void*>(std::strtoul(a[1].c_str(), nullptr, 16)), sizeof bytes};
    return ::process_vm_readv(process(a[0]), &local, 1, &remote, 1, 0) > 0;
}

bool openMemory(Arguments a) { return canOpen("/proc/" + a[0] + "/mem", O_RDWR); }

// Not `a[0]` alone: the small numbers exist inside as well.
bool seeProcess(Arguments a) { return fileContains("/proc/" + a[0] + "/comm", a[1]); }

bool environmentOf(Arguments a) { return fileContains("/proc/" + a[0] + "/environ", "APP_SECRET"); }

bool environmentOfAll(Arguments)
{
    DIR* folder = ::opendir("/proc");
    bool found = false;
    while (const dirent* entry = folder != nullptr ? ::readdir(folder) : nullptr)
        found = found || fileContains("/proc/" + std::string(entry->d_name) + "/environ", "APP_SECRET");
    if (folder != nullptr)
        ::closedir(folder);
    return found;
}

bool ownEnvironment(Arguments) { return ::getenv("APP_SECRET") != nullptr; }

bool inheritedDescriptors(Arguments)
{
    for (int descriptor = 3; descriptor < 1024; ++descriptor) {
        if (::fcntl(descriptor, F_GETFD) >= 0)
            return true;
    }
    return false;
}

// The root directory, the descriptors and the memory of process N, which may be bubblewrap (1) or the helper (our
// parent).
bool insidesOf(Arguments a)
{
    const std::string base = "/proc/" + (a[0] == "parent" ? std::to_string(::getppid()) : a[0]);
    if (canOpen(base + "/root/etc/shadow", O_RDONLY) || canOpen(base + "/mem", O_RDONLY) ||
        canOpen(base + "/environ", O_RDONLY) || canOpen(base + "/cwd", O_RDONLY))
        return true;
    for (int descriptor = 0; descriptor < 64; ++descriptor) {
        const std::string link = base + "/fd/" + std::to_string(descriptor);
        if (canOpen(link, O_RDONLY) || canOpen(link, O_WRONLY))
            return true;
    }
    return false;
}

bool signalProcess(Arguments a) { return ::kill(process(a[0]), SIGURG) == 0; }

// Harmless inside; the matrix checks that nothing outside got it.
bool signalAll(Arguments)
{
    ::signal(SIGURG, SIG_IGN);
    ::kill(-1, SIGURG);
    ::kill(0, SIGURG);
    return false;
}

void becomeDaemon(bool closeStreams)
{
    if (::fork() != 0)
        return;
    ::setsid();
    if (::fork() != 0)
        ::_exit(0);
    ::prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);
    if (closeStreams)
        ::close_range(0, ~0U, 0);
    ::sleep(60);
    ::_exit(0);
}

// The matrix looks for what is left.
bool daemon(Arguments)
{
    becomeDaemon(true);
    return false;
}
bool daemonHoldingStreams(Arguments)
{
    becomeDaemon(false);
    return false;
}

bool becomeRoot(Arguments) { return ::setuid(0) == 0 || ::setresuid(0, 0, 0) == 0 || ::setgid(0) == 0; }

bool hasNewPrivileges(Arguments) { return ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1; }

bool hasCapabilities(Arguments) { return !fileContains("/proc/self/status", "CapEff:\t0000000000000000"); }

constexpr Attack table[] = {
    {"trace", trace},
    {"read-memory", readMemory},
    {"open-memory", openMemory},
    {"see-process", seeProcess},
    {"environment-of", environmentOf},
    {"environment-of-all", environmentOfAll},
    {"own-environment", ownEnvironment},
    {"descriptors", inheritedDescriptors},
    {"insides-of", insidesOf},
    {"signal", signalProcess},
    {"signal-all", signalAll},
    {"daemon", daemon},
    {"daemon-holding-streams", daemonHoldingStreams},
    {"become-root", becomeRoot},
    {"new-privileges", hasNewPrivileges},
    {"capabilities", hasCapabilities},
};

} // namespace

std::span<const Attack> processAttacks() { return table; }

} // namespace attack
