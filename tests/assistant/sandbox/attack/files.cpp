#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "tests/assistant/sandbox/attack/attack.h"

namespace attack {
namespace {

bool read(Arguments a) { return fileContains(a[0], a.size() > 1 ? a[1] : ""); }

bool list(Arguments a)
{
    DIR* folder = ::opendir(a[0].c_str());
    const bool opened = folder != nullptr && ::readdir(folder) != nullptr;
    if (folder != nullptr)
        ::closedir(folder);
    return opened;
}

bool exists(Arguments a)
{
    struct stat status {};
    return ::stat(a[0].c_str(), &status) == 0;
}

bool write(Arguments a) { return canOpen(a[0], O_WRONLY | O_CREAT | O_APPEND); }
bool truncate(Arguments a) { return ::truncate(a[0].c_str(), 0) == 0; }
bool changeMode(Arguments a) { return ::chmod(a[0].c_str(), 0777) == 0; }
bool setAttribute(Arguments a) { return ::setxattr(a[0].c_str(), "user.attack", "1", 1, 0) == 0; }
bool unlink(Arguments a) { return ::unlink(a[0].c_str()) == 0; }
bool rename(Arguments a) { return ::rename(a[0].c_str(), "stolen") == 0; }
bool hardLink(Arguments a) { return ::link(a[0].c_str(), "stolen") == 0; }

bool changeTime(Arguments a)
{
    const timespec times[2] = {{1, 0}, {1, 0}};
    return ::utimensat(AT_FDCWD, a[0].c_str(), times, 0) == 0;
}

// The helper that waits for us, and our own executable, are files too.
bool writeExecutables(Arguments)
{
    return canOpen("/proc/self/exe", O_WRONLY) || canOpen("/lemma/sandbox-inner", O_WRONLY) ||
           ::unlink("/lemma/sandbox-inner") == 0;
}

// stdin is a file in memory: written to, it would be memory that nobody counts.
bool growStdin(Arguments)
{
    const int again = ::open("/proc/self/fd/0", O_WRONLY);
    ::lseek(again, 0, SEEK_END);
    ::lseek(STDIN_FILENO, 0, SEEK_END);
    return ::write(STDIN_FILENO, "x", 1) == 1 || ::write(again, "x", 1) == 1 ||
           ::ftruncate(STDIN_FILENO, 1 << 30) == 0 || ::fallocate(STDIN_FILENO, 0, 0, 1 << 30) == 0;
}

constexpr Attack table[] = {
    {"read", read},
    {"list", list},
    {"exists", exists},
    {"write", write},
    {"truncate", truncate},
    {"chmod", changeMode},
    {"utimes", changeTime},
    {"xattr", setAttribute},
    {"unlink", unlink},
    {"rename", rename},
    {"hard-link", hardLink},
    {"write-executables", writeExecutables},
    {"grow-stdin", growStdin},
};

} // namespace

std::span<const Attack> fileAttacks() { return table; }

} // namespace attack
