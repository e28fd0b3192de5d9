#include "tests/engine/history/failing_vfs.h"

#include <atomic>
#include <limits>

#include <sqlite3.h>

namespace lemma::tests {
namespace {

constexpr int never = std::numeric_limits<int>::max();
std::atomic<int> remaining{never};
std::atomic<bool> hasFired{false};

bool fails()
{
    if (remaining.load() == never || remaining.fetch_sub(1) > 0)
        return false;
    hasFired = true;
    return true;
}

// Each opened file gets a copy of the real methods with some of them replaced.
struct Hook {
    const sqlite3_io_methods* real;
    sqlite3_io_methods methods;
};

// SQLite allocates szOsFile bytes for a file: the real one's come first, the pointer to our hook at their end.
sqlite3_vfs* realVfs = nullptr;
sqlite3_vfs failingVfs;

Hook*& hookOf(sqlite3_file* file)
{
    return *reinterpret_cast<Hook**>(reinterpret_cast<char*>(file) + realVfs->szOsFile);
}

int write(sqlite3_file* file, const void* data, int amount, sqlite3_int64 offset)
{
    return fails() ? SQLITE_FULL : hookOf(file)->real->xWrite(file, data, amount, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    return fails() ? SQLITE_IOERR_TRUNCATE : hookOf(file)->real->xTruncate(file, size);
}

int sync(sqlite3_file* file, int flags)
{
    return fails() ? SQLITE_IOERR_FSYNC : hookOf(file)->real->xSync(file, flags);
}

int close(sqlite3_file* file)
{
    Hook* const hook = hookOf(file);
    const int result = hook->real->xClose(file);
    delete hook;
    return result;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    const int result = realVfs->xOpen(realVfs, name, file, flags, outFlags);
    if (result != SQLITE_OK || !file->pMethods)
        return result;
    auto* hook = new Hook{file->pMethods, *file->pMethods};
    hook->methods.xWrite = write;
    hook->methods.xTruncate = truncate;
    hook->methods.xSync = sync;
    hook->methods.xClose = close;
    hookOf(file) = hook;
    file->pMethods = &hook->methods;
    return result;
}

} // namespace

void FailingVfs::install()
{
    realVfs = sqlite3_vfs_find(nullptr);
    failingVfs = *realVfs;
    failingVfs.zName = "failing";
    failingVfs.szOsFile = realVfs->szOsFile + static_cast<int>(sizeof(Hook*));
    failingVfs.xOpen = open;
    sqlite3_vfs_register(&failingVfs, 1);
}

void FailingVfs::failAfter(int count)
{
    hasFired = false;
    remaining = count;
}

void FailingVfs::disarm() { remaining = never; }

bool FailingVfs::fired() { return hasFired; }

} // namespace lemma::tests
