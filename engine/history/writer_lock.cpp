#include "engine/history/writer_lock.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace lemma::engine {
namespace {

struct flock range(short type, std::int64_t message)
{
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = message;
    lock.l_len = 1;
    return lock;
}

} // namespace

Result<WriterLock> WriterLock::open(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail(ErrorCode::Io, fmt::format("{} cannot be opened: {}", path.string(), std::strerror(errno)));
    return WriterLock(descriptor);
}

WriterLock::WriterLock(WriterLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

WriterLock::~WriterLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<void> WriterLock::hold(std::int64_t message)
{
    struct flock lock = range(F_WRLCK, message);
    if (::fcntl(m_descriptor, F_OFD_SETLK, &lock) != 0)
        return fail(ErrorCode::Io, fmt::format("history: an answer cannot be locked: {}", std::strerror(errno)));
    return {};
}

void WriterLock::release(std::int64_t message)
{
    struct flock lock = range(F_UNLCK, message);
    ::fcntl(m_descriptor, F_OFD_SETLK, &lock);
}

bool WriterLock::heldElsewhere(std::int64_t message) const
{
    struct flock lock = range(F_WRLCK, message);
    return ::fcntl(m_descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

} // namespace lemma::engine
