#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/assistant/sandbox/attack/attack.h"

namespace attack {
namespace {

bool unshareUser(Arguments) { return ::unshare(CLONE_NEWUSER) == 0; }

// True only in the parent: a child that came into being ends at once.
bool becameParent(long result)
{
    if (result == 0)
        ::_exit(0);
    return result > 0;
}

bool cloneUser(Arguments)
{
    return becameParent(::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, nullptr));
}

bool clone3User(Arguments)
{
    std::uint64_t arguments[11] = {CLONE_NEWUSER, 0, 0, 0, SIGCHLD};
    return becameParent(::syscall(SYS_clone3, arguments, 64));
}

bool mountSomething(Arguments)
{
    return ::mount("none", "/tmp", "tmpfs", 0, nullptr) == 0 || ::umount2("/usr", MNT_DETACH) == 0 ||
           ::mount("none", "/usr", nullptr, MS_REMOUNT | MS_BIND, nullptr) == 0 || ::chroot("/tmp/w") == 0 ||
           ::syscall(SYS_fsopen, "tmpfs", 0) >= 0 || ::syscall(SYS_open_tree, AT_FDCWD, "/", 1) >= 0;
}

bool ioUring(Arguments)
{
    io_uring_params parameters{};
    return ::syscall(SYS_io_uring_setup, 4, &parameters) >= 0;
}

// Reachable if the kernel answers anything but "not permitted".
bool isReachable(long result) { return result >= 0 || (errno != EPERM && errno != EACCES && errno != ENOSYS); }

bool bpf(Arguments) { return isReachable(::syscall(SYS_bpf, 0, nullptr, 0)); }
bool perfEvents(Arguments) { return isReachable(::syscall(SYS_perf_event_open, nullptr, 0, -1, -1, 0)); }
bool userFaults(Arguments) { return isReachable(::syscall(SYS_userfaultfd, 0)); }
bool keyring(Arguments) { return ::syscall(SYS_keyctl, 0, -3, 1) >= 0 || ::syscall(SYS_add_key, 0, 0, 0, 0, 0) >= 0; }

bool handles(Arguments)
{
    struct {
        unsigned size = 128;
        int type = 0;
        unsigned char bytes[128] = {};
    } handle;
    int mountId = 0;
    return ::syscall(SYS_name_to_handle_at, AT_FDCWD, "/usr", &handle, &mountId, 0) == 0 ||
           isReachable(::syscall(SYS_open_by_handle_at, AT_FDCWD, &handle, O_RDONLY));
}

bool sharedMemoryOfMachine(Arguments) { return ::shmget(0x5b5b, 4096, 0666) >= 0; }
bool memoryFile(Arguments) { return ::syscall(SYS_memfd_create, "hidden", 0) >= 0; }

bool clockAndHostName(Arguments)
{
    const timespec time{1, 0};
    return ::clock_settime(CLOCK_REALTIME, &time) == 0 || ::sethostname("pwned", 5) == 0;
}

bool kernelSettings(Arguments)
{
    return canOpen("/proc/sys/kernel/core_pattern", O_WRONLY) || canOpen("/proc/sysrq-trigger", O_WRONLY) ||
           canOpen("/proc/sys/vm/drop_caches", O_WRONLY) || canOpen("/sys/kernel/uevent_helper", O_WRONLY) ||
           canOpen("/proc/self/oom_score_adj", O_WRONLY) || canOpen("/proc/kcore", O_RDONLY) ||
           canOpen("/dev/kmsg", O_RDONLY) || canOpen("/dev/mem", O_RDONLY);
}

bool typeIntoTerminal(Arguments)
{
    const char letter = 'x';
    for (int descriptor = 0; descriptor < 3; ++descriptor) {
        if (::ioctl(descriptor, TIOCSTI, &letter) == 0 || errno != EPERM)
            return true;
        // The kernel looks at the low half only; a rule that compares all 64 bits lets this through.
        if (::syscall(SYS_ioctl, descriptor, 0x100000000UL | TIOCSTI, &letter) == 0 || errno != EPERM)
            return true;
    }
    return canOpen("/dev/tty", O_RDWR);
}

// Both end the program with SIGSYS, or fail on a kernel without them.
bool compatibilityCalls(Arguments)
{
#if defined(__x86_64__)
    long result = 20; // getpid
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
    return result > 0;
#else
    return false;
#endif
}
bool x32Calls(Arguments) { return ::syscall(0x40000000 | SYS_getpid) > 0; }

constexpr Attack table[] = {
    {"unshare-user", unshareUser},
    {"clone-user", cloneUser},
    {"clone3-user", clone3User},
    {"mount", mountSomething},
    {"io-uring", ioUring},
    {"bpf", bpf},
    {"perf", perfEvents},
    {"userfaultfd", userFaults},
    {"keyring", keyring},
    {"handles", handles},
    {"shm", sharedMemoryOfMachine},
    {"memfd", memoryFile},
    {"clock", clockAndHostName},
    {"kernel-settings", kernelSettings},
    {"terminal", typeIntoTerminal},
    {"compat", compatibilityCalls},
    {"x32", x32Calls},
};

} // namespace

std::span<const Attack> kernelAttacks() { return table; }

} // namespace attack
