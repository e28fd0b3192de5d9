#include "assistant/sandbox/runner/seccomp_filter.h"

#include <cerrno>
#include <cstring>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace lemma::assistant {
namespace {

// Debugging and the memory of other processes.
constexpr int tracing[] = {SCMP_SYS(ptrace),          SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
                           SCMP_SYS(process_madvise), SCMP_SYS(pidfd_getfd),      SCMP_SYS(kcmp)};

// Mounts and namespaces, old and new interface.
constexpr int mounting[] = {SCMP_SYS(mount),     SCMP_SYS(umount2),    SCMP_SYS(pivot_root),    SCMP_SYS(chroot),
                            SCMP_SYS(fsopen),    SCMP_SYS(fsconfig),   SCMP_SYS(fsmount),       SCMP_SYS(fspick),
                            SCMP_SYS(open_tree), SCMP_SYS(move_mount), SCMP_SYS(mount_setattr), SCMP_SYS(unshare),
                            SCMP_SYS(setns)};

// Parts of the kernel with a history of holes.
constexpr int attackSurface[] = {SCMP_SYS(bpf),
                                 SCMP_SYS(perf_event_open),
                                 SCMP_SYS(userfaultfd),
                                 SCMP_SYS(keyctl),
                                 SCMP_SYS(add_key),
                                 SCMP_SYS(request_key),
                                 SCMP_SYS(io_uring_setup),
                                 SCMP_SYS(io_uring_enter),
                                 SCMP_SYS(io_uring_register),
                                 SCMP_SYS(open_by_handle_at),
                                 SCMP_SYS(name_to_handle_at),
                                 SCMP_SYS(fanotify_init),
                                 SCMP_SYS(lookup_dcookie),
                                 SCMP_SYS(modify_ldt),
                                 SCMP_SYS(mbind),
                                 SCMP_SYS(move_pages),
                                 SCMP_SYS(migrate_pages),
                                 SCMP_SYS(set_mempolicy)};

// The machine itself.
constexpr int administration[] = {
    SCMP_SYS(kexec_load),    SCMP_SYS(kexec_file_load), SCMP_SYS(init_module),   SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(reboot),          SCMP_SYS(swapon),        SCMP_SYS(swapoff),
    SCMP_SYS(settimeofday),  SCMP_SYS(clock_settime),   SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex),
    SCMP_SYS(acct),          SCMP_SYS(quotactl),        SCMP_SYS(syslog),        SCMP_SYS(vhangup),
    SCMP_SYS(iopl),          SCMP_SYS(ioperm)};

// Memory that belongs to no process, so that the supervisor could not see it: a gigabyte could be held unnoticed.
constexpr int hiddenMemory[] = {SCMP_SYS(memfd_create), SCMP_SYS(memfd_secret), SCMP_SYS(shmget),
                                SCMP_SYS(msgget),       SCMP_SYS(semget),       SCMP_SYS(mq_open)};

class Filter {
public:
    Filter() : m_context(seccomp_init(SCMP_ACT_ALLOW)) {}
    Filter(const Filter&) = delete;
    Filter& operator=(const Filter&) = delete;
    ~Filter() { seccomp_release(m_context); }

    template <std::size_t N>
    void deny(const int (&calls)[N], int error)
    {
        for (const int call : calls)
            keep(seccomp_rule_add(m_context, SCMP_ACT_ERRNO(error), call, 0));
    }
    void denyIf(int call, int error, scmp_arg_cmp condition)
    {
        keep(seccomp_rule_add(m_context, SCMP_ACT_ERRNO(error), call, 1, condition));
    }
    int load()
    {
        // 32-bit and x32 calls have other numbers, which the rules do not know: they end the program.
        keep(seccomp_attr_set(m_context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
        keep(seccomp_attr_set(m_context, SCMP_FLTATR_CTL_OPTIMIZE, 2)); // a binary tree: few steps a call
        return m_error != 0 ? m_error : seccomp_load(m_context);
    }

private:
    void keep(int result) { m_error = m_error != 0 ? m_error : result; }

    scmp_filter_ctx m_context;
    int m_error = 0;
};

} // namespace

std::optional<std::string> loadSystemCallFilter()
{
    Filter filter;
    filter.deny(tracing, EPERM);
    filter.deny(mounting, EPERM);
    filter.deny(attackSurface, EPERM);
    filter.deny(administration, EPERM);
    filter.deny(hiddenMemory, ENOSYS);
    // clone3 hides its flags in memory, where a filter cannot look. Every C library falls back to clone.
    filter.deny({SCMP_SYS(clone3)}, ENOSYS);
    filter.denyIf(SCMP_SYS(clone), EPERM, SCMP_A0_64(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER));
    filter.denyIf(SCMP_SYS(socket), EACCES, SCMP_A0_64(SCMP_CMP_NE, AF_UNIX, 0));
    filter.denyIf(SCMP_SYS(socketpair), EACCES, SCMP_A0_64(SCMP_CMP_NE, AF_UNIX, 0));
    // Typing into the user's terminal. The kernel looks at 32 bits of the request only, and so must the rule.
    constexpr std::uint64_t low32 = 0xFFFFFFFF;
    filter.denyIf(SCMP_SYS(ioctl), EPERM, SCMP_A1_64(SCMP_CMP_MASKED_EQ, low32, TIOCSTI));
    filter.denyIf(SCMP_SYS(ioctl), EPERM, SCMP_A1_64(SCMP_CMP_MASKED_EQ, low32, TIOCLINUX));
    if (const int error = filter.load(); error != 0)
        return std::string("seccomp: ") + std::strerror(-error);
    return std::nullopt;
}

} // namespace lemma::assistant
