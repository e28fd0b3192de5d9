#include "assistant/sandbox/channels.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <utility>

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {

Result<FileDescriptor> checked(int descriptor, const char* what)
{
    if (descriptor < 0)
        return fail(ErrorCode::Io, std::string(what) + ": " + std::strerror(errno));
    // Out of the way of the numbers 0 to 5, which are given new meanings in the runner.
    const int high = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 16);
    const int error = errno;
    ::close(descriptor);
    if (high < 0)
        return fail(ErrorCode::Io, std::string(what) + ": " + std::strerror(error));
    return FileDescriptor(high);
}

Result<ChannelPair> makePipe()
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return fail(ErrorCode::Io, std::string("pipe: ") + std::strerror(errno));
    FileDescriptor writeEnd{ends[1]};
    ChannelPair pair;
    LEMMA_TRY(pair.ours, checked(ends[0], "pipe"));
    LEMMA_TRY(pair.theirs, checked(writeEnd.release(), "pipe"));
    return pair;
}

// Ours is the writing end.
Result<ChannelPair> makeInputPipe()
{
    LEMMA_TRY(ChannelPair pair, makePipe());
    std::swap(pair.ours, pair.theirs);
    if (::fcntl(pair.ours.get(), F_SETFL, O_NONBLOCK) != 0)
        return fail(ErrorCode::Io, std::string("pipe: ") + std::strerror(errno));
    return pair;
}

Result<ChannelPair> makeSocketPair()
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail(ErrorCode::Io, std::string("socketpair: ") + std::strerror(errno));
    FileDescriptor second{ends[1]};
    ChannelPair pair;
    LEMMA_TRY(pair.ours, checked(ends[0], "socketpair"));
    LEMMA_TRY(pair.theirs, checked(second.release(), "socketpair"));
    return pair;
}

Result<FileDescriptor> makeMemoryFile(const char* name, std::string_view bytes)
{
    LEMMA_TRY(FileDescriptor file, checked(::memfd_create(name, MFD_CLOEXEC), name));
    while (!bytes.empty()) {
        const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return fail(ErrorCode::OutOfMemory, "no memory for the job");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

} // namespace

Result<Channels> openChannels(const Job& job)
{
    Channels channels;
    LEMMA_TRY(channels.job, makeMemoryFile("lemma-job", encodeJob(job)));
    LEMMA_TRY(channels.output, makePipe());
    LEMMA_TRY(channels.errors, makePipe());
    LEMMA_TRY(channels.control, makeSocketPair());
    if (job.hasLiveInput) {
        LEMMA_TRY(channels.input, makeInputPipe());
    }
    if (!job.artifact.empty()) {
        LEMMA_TRY(channels.artifact, makeMemoryFile("lemma-artifact", {}));
    }
    LEMMA_TRY(channels.stop, checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"));
    return channels;
}

std::string contentsOf(const FileDescriptor& file)
{
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0)
        return {};
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    const ssize_t count = ::pread(file.get(), bytes.data(), bytes.size(), 0);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
}

} // namespace lemma::assistant
