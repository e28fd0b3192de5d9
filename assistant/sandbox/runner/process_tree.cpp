#include "assistant/sandbox/runner/process_tree.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {
namespace {

// One read of a /proc file; 16 KiB hold every file used here but the children of a fork bomb's parent, who lists as
// many as fit and is read again after those are gone.
struct ProcFile {
    std::array<char, 16384> bytes;
    std::string_view text;

    bool read(const char* path)
    {
        text = {};
        const FileDescriptor file{::open(path, O_RDONLY | O_CLOEXEC)};
        const ssize_t count = file ? ::read(file.get(), bytes.data(), bytes.size()) : -1;
        if (count > 0)
            text = {bytes.data(), static_cast<std::size_t>(count)};
        return count >= 0;
    }
};

std::uint64_t numberAt(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Sum of "Name:   123 kB" lines, in bytes.
std::uint64_t sumOfFields(std::string_view text, std::initializer_list<std::string_view> names)
{
    std::uint64_t kibibytes = 0;
    for (const std::string_view name : names) {
        if (const std::size_t at = text.find(name); at != std::string_view::npos)
            kibibytes += numberAt(text.substr(at + name.size()));
    }
    return kibibytes * 1024;
}

void appendNumbers(std::string_view text, std::vector<pid_t>& numbers)
{
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        pid_t pid = 0;
        const auto [next, error] = std::from_chars(at, end, pid);
        if (error == std::errc{})
            numbers.push_back(pid);
        at = next + 1;
    }
}

void appendChildren(pid_t pid, std::vector<pid_t>& children)
{
    std::array<char, 64> path{};
    std::snprintf(path.data(), path.size(), "/proc/%d/task", pid);
    const std::unique_ptr<DIR, int (*)(DIR*)> tasks{::opendir(path.data()), ::closedir};
    if (!tasks)
        return;
    ProcFile file;
    while (const dirent* entry = ::readdir(tasks.get())) {
        if (entry->d_name[0] == '.')
            continue;
        std::snprintf(path.data(), path.size(), "/proc/%d/task/%.10s/children", pid, entry->d_name);
        if (file.read(path.data()))
            appendNumbers(file.text, children);
    }
}

std::uint64_t memoryOf(pid_t pid, ProcFile& file)
{
    std::array<char, 32> path{};
    std::snprintf(path.data(), path.size(), "/proc/%d/status", pid);
    return file.read(path.data()) ? sumOfFields(file.text, {"RssAnon:", "RssShmem:", "VmSwap:"}) : 0;
}

// Fields 14 to 17 of /proc/PID/stat, counted after the name, which may contain anything: proc(5).
std::uint64_t cpuTicksOf(pid_t pid, ProcFile& file)
{
    std::array<char, 32> path{};
    std::snprintf(path.data(), path.size(), "/proc/%d/stat", pid);
    if (!file.read(path.data()))
        return 0;
    std::string_view rest = file.text;
    rest.remove_prefix(std::min(rest.rfind(')') + 1, rest.size()));
    std::uint64_t ticks = 0;
    for (int field = 3; field <= 17 && !rest.empty(); ++field) {
        rest.remove_prefix(std::min(rest.find(' ', 1), rest.size()));
        if (field >= 13 && field < 17)
            ticks += numberAt(rest);
    }
    return ticks;
}

} // namespace

std::vector<pid_t> ownChildren()
{
    std::vector<pid_t> children;
    appendChildren(::getpid(), children);
    return children;
}

std::vector<pid_t> ownDescendants()
{
    std::vector<pid_t> found = ownChildren();
    for (std::size_t i = 0; i < found.size(); ++i)
        appendChildren(found[i], found);
    return found;
}

bool canListChildren() { return ::access("/proc/thread-self/children", R_OK) == 0; }

TreeUse measure(const std::vector<pid_t>& processes)
{
    ProcFile file;
    TreeUse use;
    std::uint64_t ticks = 0;
    for (const pid_t pid : processes) {
        use.memoryBytes += memoryOf(pid, file);
        ticks += cpuTicksOf(pid, file);
    }
    static const auto ticksPerSecond = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    use.cpu = std::chrono::microseconds(ticks * 1'000'000 / ticksPerSecond);
    return use;
}

std::uint64_t exactMemory(const std::vector<pid_t>& processes)
{
    ProcFile file;
    std::uint64_t bytes = 0;
    for (const pid_t pid : processes) {
        std::array<char, 40> path{};
        std::snprintf(path.data(), path.size(), "/proc/%d/smaps_rollup", pid);
        const bool known = file.read(path.data()) && file.text.find("Pss_Anon:") != std::string_view::npos;
        bytes += known ? sumOfFields(file.text, {"Pss_Anon:", "Pss_Shmem:", "SwapPss:"}) : memoryOf(pid, file);
    }
    return bytes;
}

MachineMemory machineMemory()
{
    ProcFile file;
    if (!file.read("/proc/meminfo"))
        return {};
    return {sumOfFields(file.text, {"MemTotal:"}), sumOfFields(file.text, {"MemAvailable:"})};
}

} // namespace lemma::assistant
