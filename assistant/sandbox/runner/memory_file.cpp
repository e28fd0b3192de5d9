#include "assistant/sandbox/runner/memory_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>

namespace lemma::assistant {

FileDescriptor sealedMemoryFile(const char* name, std::string_view bytes)
{
    FileDescriptor file{::memfd_create(name, MFD_ALLOW_SEALING)};
    while (file && !bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return {};
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    // Sealed against growing only: to forbid writing as well, the kernel waits until nobody uses the pages, some 10 ms.
    if (file && (::lseek(file.get(), 0, SEEK_SET) != 0 ||
                 ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0))
        return {};
    return file;
}

} // namespace lemma::assistant
