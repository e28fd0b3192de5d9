#include "assistant/sandbox/runner/canary.h"

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <sched.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {
namespace {

struct Targets {
    int port;           // a listener on the loopback interface
    std::string socket; // name of a listener in the abstract namespace
    std::string file;   // a readable file of the user
    pid_t application;  // a process outside
    std::size_t disk;   // bytes that the private file system should hold at most
    int processes;      // that should be possible at most
};

bool canOpen(const char* path, int flags)
{
    const FileDescriptor file{::open(path, flags | O_NONBLOCK | O_NOCTTY, 0600)};
    return static_cast<bool>(file);
}

bool reachesNetwork(const Targets& targets)
{
    const FileDescriptor socket{::socket(AF_INET, SOCK_STREAM, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(targets.port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return socket && ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

bool reachesAbstractSocket(const Targets& targets)
{
    const FileDescriptor socket{::socket(AF_UNIX, SOCK_STREAM, 0)};
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t size = std::min(targets.socket.size(), sizeof address.sun_path - 1);
    std::memcpy(address.sun_path + 1, targets.socket.data(), size); // a leading zero byte: abstract
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + size);
    return socket && ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), length) == 0;
}

bool seesUserFiles(const Targets& targets)
{
    return ::access(targets.file.c_str(), F_OK) == 0 || canOpen("/etc/shadow", O_RDONLY) ||
           canOpen("/home", O_RDONLY) || canOpen("/root", O_RDONLY) || canOpen("/var", O_RDONLY) ||
           canOpen("/run", O_RDONLY);
}

bool writesSystem(const Targets&)
{
    return canOpen("/etc/passwd", O_WRONLY) || canOpen("/usr/lemma-canary", O_WRONLY | O_CREAT) ||
           canOpen("/lemma-canary", O_WRONLY | O_CREAT) || canOpen("/dev/lemma-canary", O_WRONLY | O_CREAT) ||
           canOpen("/proc/sys/kernel/core_pattern", O_WRONLY) || canOpen("/proc/sysrq-trigger", O_WRONLY);
}

bool seesEnvironment(const Targets&)
{
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string name{*entry, std::strcspn(*entry, "=")};
        if (name != "PATH" && name != "HOME" && name != "TMPDIR" && name != "LANG" && name != "PWD")
            return true;
    }
    return false;
}

bool inheritsDescriptors(const Targets&)
{
    for (int descriptor = 3; descriptor < 256; ++descriptor) {
        if (::fcntl(descriptor, F_GETFD) >= 0)
            return true;
    }
    return false;
}

bool seesProcesses(const Targets& targets)
{
    const std::string process = "/proc/" + std::to_string(targets.application);
    // Small numbers exist in here as well, but they are others.
    return targets.application > 100 && (::kill(targets.application, 0) == 0 || ::access(process.c_str(), F_OK) == 0);
}

bool traces(const Targets&)
{
    char byte = 0;
    iovec local{&byte, 1};
    iovec remote{&byte, 1};
    return ::ptrace(PTRACE_SEIZE, ::getppid(), nullptr, nullptr) == 0 ||
           ::process_vm_readv(::getppid(), &local, 1, &remote, 1, 0) > 0 || canOpen("/proc/1/mem", O_RDWR) ||
           canOpen("/proc/1/environ", O_RDONLY);
}

bool typesIntoTerminal(const Targets&)
{
    const char letter = 'x';
    for (const int descriptor : {0, 1, 2}) {
        if (::ioctl(descriptor, TIOCSTI, &letter) == 0 || errno != EPERM) // any other error: the filter is not there
            return true;
    }
    return canOpen("/dev/tty", O_RDWR);
}

bool makesNamespace(const Targets&) { return ::unshare(CLONE_NEWUSER) == 0 || ::unshare(CLONE_NEWNS) == 0; }

bool reachesKernelSurface(const Targets&)
{
    io_uring_params parameters{};
    return ::syscall(SYS_io_uring_setup, 4, &parameters) >= 0 || ::syscall(SYS_keyctl, 0, -3, 1) >= 0 ||
           ::syscall(SYS_memfd_create, "canary", 0) >= 0 || ::socket(AF_NETLINK, SOCK_RAW, 0) >= 0 ||
           ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 || ::prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 2;
}

bool raisesLimits(const Targets&)
{
    const struct rlimit unlimited {
        RLIM_INFINITY, RLIM_INFINITY
    };
    return ::setrlimit(RLIMIT_NPROC, &unlimited) == 0 || ::setrlimit(RLIMIT_DATA, &unlimited) == 0;
}

bool fillsDisk(const Targets& targets)
{
    const std::vector<char> block(65536, 'x');
    std::size_t total = 0;
    for (const char* name : {"/tmp/w/fill1", "/tmp/w/fill2", "/tmp/t/fill3"}) {
        const FileDescriptor file{::open(name, O_WRONLY | O_CREAT, 0600)};
        ssize_t count = 0;
        while (file && total <= 2 * targets.disk && (count = ::write(file.get(), block.data(), block.size())) > 0)
            total += static_cast<std::size_t>(count);
    }
    return total > targets.disk;
}

bool bombsWithProcesses(const Targets& targets)
{
    std::vector<pid_t> children;
    while (static_cast<int>(children.size()) <= targets.processes) {
        const pid_t child = ::fork();
        if (child < 0)
            break;
        if (child == 0) {
            ::pause();
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
    return static_cast<int>(children.size()) > targets.processes;
}

struct Attack {
    const char* name;
    bool (*succeeds)(const Targets&);
};
constexpr Attack attacks[] = {{"network", reachesNetwork},
                              {"abstract socket", reachesAbstractSocket},
                              {"files of the user", seesUserFiles},
                              {"writing to the system", writesSystem},
                              {"environment", seesEnvironment},
                              {"open descriptors", inheritsDescriptors},
                              {"other processes", seesProcesses},
                              {"tracing", traces},
                              {"terminal", typesIntoTerminal},
                              {"namespaces", makesNamespace},
                              {"kernel surface", reachesKernelSurface},
                              {"raising limits", raisesLimits},
                              {"disk space", fillsDisk},
                              {"process bomb", bombsWithProcesses}};

int attackEverything(char** arguments)
{
    const Targets targets{std::atoi(arguments[0]),
                          arguments[1],
                          arguments[2],
                          std::atoi(arguments[3]),
                          static_cast<std::size_t>(std::atoll(arguments[4])),
                          std::atoi(arguments[5])};
    for (const Attack& attack : attacks) {
        if (attack.succeeds(targets))
            std::printf("BREACH %s\n", attack.name);
    }
    std::printf("done %zu\n", std::size(attacks));
    return 0;
}

int holdMemory(std::size_t mebibytes)
{
    std::vector<void*> blocks;
    for (std::size_t i = 0; i < mebibytes; ++i) {
        void* block = ::mmap(nullptr, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED)
            return 1;
        std::memset(block, 1, 1 << 20);
        blocks.push_back(block);
    }
    ::sleep(1); // time enough to be noticed
    std::puts("BREACH memory");
    return 0;
}

int floodWithDaemon()
{
    if (::fork() == 0) {
        ::setsid();
        ::pause();
    }
    const std::vector<char> block(65536, 'x');
    while (::write(STDOUT_FILENO, block.data(), block.size()) > 0) {
    }
    return 0;
}

} // namespace

int runCanary(int count, char** arguments)
{
    const std::string kind = count > 0 ? arguments[0] : "";
    if (kind == "attack" && count == 7)
        return attackEverything(arguments + 1);
    if (kind == "memory" && count == 2)
        return holdMemory(static_cast<std::size_t>(std::atoi(arguments[1])));
    if (kind == "flood")
        return floodWithDaemon();
    return 2;
}

} // namespace lemma::assistant
