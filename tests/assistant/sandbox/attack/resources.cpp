#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <pthread.h>
#include <string>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "tests/assistant/sandbox/attack/attack.h"

namespace attack {
namespace {

// At most `count` children, all alive at once.
bool holdProcesses(Arguments a)
{
    const int wanted = std::stoi(a[0]);
    for (int i = 0; i < wanted; ++i) {
        const pid_t child = ::fork();
        if (child < 0)
            return false;
        if (child == 0) {
            ::pause();
            ::_exit(0);
        }
    }
    return true;
}

bool forkForEver(Arguments)
{
    ::signal(SIGTERM, SIG_IGN);
    for (;;)
        ::fork();
}

bool holdThreads(Arguments a)
{
    const int wanted = std::stoi(a[0]);
    for (int i = 0; i < wanted; ++i) {
        pthread_t thread{};
        const auto sleep = [](void*) -> void* {
            ::pause();
            return nullptr;
        };
        if (::pthread_create(&thread, nullptr, sleep, nullptr) != 0)
            return false;
    }
    return true;
}

bool touch(std::size_t mebibytes, int sharing)
{
    for (std::size_t i = 0; i < mebibytes; i += 16) {
        void* block = ::mmap(nullptr, 16 << 20, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED)
            return false;
        std::memset(block, 1, 16 << 20);
    }
    return true;
}

bool holdMemory(Arguments a) { return touch(std::stoul(a[0]), MAP_PRIVATE); }
bool holdSharedMemory(Arguments a) { return touch(std::stoul(a[0]), MAP_SHARED); }

bool holdMemoryInChildren(Arguments a)
{
    const std::size_t each = std::stoul(a[0]) / 8;
    int whole = 0;
    for (int i = 0; i < 8; ++i) {
        if (::fork() == 0) {
            const bool held = touch(each, MAP_PRIVATE);
            ::sleep(2);
            ::_exit(held ? 0 : 1);
        }
    }
    for (int i = 0; i < 8; ++i) {
        int status = 0;
        ::wait(&status);
        whole += WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 1 : 0;
    }
    return whole == 8;
}

// a[0]: folder, a[1]: MiB, in files of 8 MiB.
bool fillDisk(Arguments a)
{
    const std::vector<char> block(1 << 20, 'x');
    std::size_t written = 0;
    for (int file = 0; written < std::stoul(a[1]); ++file) {
        const std::string path = a[0] + "/fill" + std::to_string(file);
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        for (int i = 0; i < 8; ++i, ++written) {
            if (::write(descriptor, block.data(), block.size()) != static_cast<ssize_t>(block.size()))
                return false;
        }
        ::close(descriptor);
    }
    return true;
}

bool sparseFile(Arguments)
{
    ::signal(SIGXFSZ, SIG_IGN);
    const int file = ::open("sparse", O_RDWR | O_CREAT, 0600);
    return ::ftruncate(file, 1L << 40) == 0;
}

bool raiseLimits(Arguments)
{
    for (const auto resource : {RLIMIT_NPROC, RLIMIT_DATA, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_CPU}) {
        const struct rlimit unlimited {
            RLIM_INFINITY, RLIM_INFINITY
        };
        if (::setrlimit(resource, &unlimited) == 0)
            return true;
    }
    return false;
}

bool writeForEver(Arguments)
{
    const std::vector<char> block(65536, 'A');
    while (::write(STDOUT_FILENO, block.data(), block.size()) > 0) {
    }
    return false;
}

bool computeForEver(Arguments)
{
    ::signal(SIGTERM, SIG_IGN);
    ::signal(SIGXCPU, SIG_IGN);
    for (volatile bool on = true; on;) {
    }
    return true;
}

bool computeInChildren(Arguments)
{
    for (int i = 0; i < 60; ++i) {
        const pid_t child = ::fork();
        if (child == 0) {
            while (::clock() < CLOCKS_PER_SEC / 2) {
            }
            ::_exit(0);
        }
        ::waitpid(child, nullptr, 0);
    }
    return true;
}

bool sleepForEver(Arguments)
{
    ::signal(SIGTERM, SIG_IGN);
    for (;;)
        ::pause();
}

bool stopItself(Arguments) { return ::raise(SIGSTOP) != 0; }

constexpr Attack table[] = {
    {"processes", holdProcesses},
    {"fork-for-ever", forkForEver},
    {"threads", holdThreads},
    {"memory", holdMemory},
    {"shared-memory", holdSharedMemory},
    {"memory-in-children", holdMemoryInChildren},
    {"disk", fillDisk},
    {"sparse", sparseFile},
    {"raise-limits", raiseLimits},
    {"output", writeForEver},
    {"compute", computeForEver},
    {"compute-in-children", computeInChildren},
    {"sleep", sleepForEver},
    {"stop", stopItself},
};

} // namespace

std::span<const Attack> resourceAttacks() { return table; }

} // namespace attack
