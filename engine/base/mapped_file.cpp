#include "engine/base/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lemma::engine {
namespace {

class FileDescriptor {
public:
    explicit FileDescriptor(const char* path) : m_fd(::open(path, O_RDONLY | O_CLOEXEC)) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    int get() const { return m_fd; }

private:
    int m_fd;
};

} // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path)
{
    const FileDescriptor fd(path.c_str());
    if (fd.get() < 0) {
        const ErrorCode code = errno == ENOENT || errno == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io;
        return fail(code, fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)));
    }
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0)
        return fail(ErrorCode::Io, fmt::format("cannot examine {}: {}", path.string(), std::strerror(errno)));
    if (!S_ISREG(info.st_mode))
        return fail(ErrorCode::InvalidArgument, fmt::format("{} is not a regular file", path.string()));

    MappedFile file;
    file.m_path = path;
    file.m_size = static_cast<std::size_t>(info.st_size);
    if (file.m_size == 0)
        return file;
    void* data = ::mmap(nullptr, file.m_size, PROT_READ, MAP_PRIVATE, fd.get(), 0);
    if (data == MAP_FAILED) {
        file.m_size = 0;
        return fail(ErrorCode::Io, fmt::format("cannot map {}: {}", path.string(), std::strerror(errno)));
    }
    file.m_data = static_cast<const std::byte*>(data);
    return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_path(std::move(other.m_path))
{
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    std::swap(m_path, other.m_path);
    return *this;
}

MappedFile::~MappedFile()
{
    if (m_data)
        ::munmap(const_cast<std::byte*>(m_data), m_size);
}

} // namespace lemma::engine
