#include "tests/assistant/sandbox/attack/attack.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace attack {

bool canOpen(const std::string& path, int flags)
{
    const int file = ::open(path.c_str(), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666);
    if (file >= 0)
        ::close(file);
    return file >= 0;
}

bool fileContains(const std::string& path, std::string_view text)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    std::string bytes(65536, '\0');
    const ssize_t count = file >= 0 ? ::read(file, bytes.data(), bytes.size()) : -1;
    if (file >= 0)
        ::close(file);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes.find(text) != std::string::npos;
}

} // namespace attack

int main(int count, char** values)
{
    const std::vector<std::string> arguments(values + (count > 2 ? 2 : count), values + count);
    const std::string_view name = count > 1 ? values[1] : "";
    for (const auto& table : {attack::fileAttacks(), attack::kernelAttacks(), attack::networkAttacks(),
                              attack::processAttacks(), attack::resourceAttacks()}) {
        for (const attack::Attack& candidate : table) {
            if (candidate.name != name)
                continue;
            const bool success = candidate.succeeds(arguments);
            std::printf("%s %s: %s\n", success ? "BREACH" : "held", values[1], std::strerror(errno));
            return 0;
        }
    }
    std::fprintf(stderr, "no such attack\n");
    return 2;
}
