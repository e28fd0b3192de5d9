#include "assistant/sandbox/runner/bubblewrap.h"

#include <filesystem>
#include <set>

#include "assistant/sandbox/runner/memory_file.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view passwdLine = "coder:x:1000:1000::/tmp/w:/bin/sh\n";
constexpr std::string_view groupLine = "coder:x:1000:\n";

// Collects options, which travel through a descriptor: bubblewrap's own command line stays empty of paths, and has no
// limit of length.
class OptionList {
public:
    template <class... Texts>
    void add(const Texts&... texts)
    {
        ((m_text.append(texts), m_text.push_back('\0')), ...);
    }

    // A new file with these bytes.
    void addData(std::string_view bytes, const std::string& target, const char* permissions)
    {
        FileDescriptor file = sealedMemoryFile("lemma-data", bytes);
        m_complete = m_complete && file;
        add("--perms", permissions, "--file", std::to_string(file.get()), target);
        m_descriptors.push_back(std::move(file));
    }

    Result<BubblewrapCommand> finish(const std::string& innerConfiguration) &&
    {
        FileDescriptor options = sealedMemoryFile("lemma-options", m_text);
        if (!m_complete || !options)
            return fail(ErrorCode::OutOfMemory, "no memory for the sandbox's files");
        BubblewrapCommand command{
            {"bwrap", "--args", std::to_string(options.get()), "--", innerHelperPath, "inner", innerConfiguration},
            std::move(m_descriptors)};
        command.descriptors.push_back(std::move(options));
        return command;
    }

private:
    std::string m_text;
    std::vector<FileDescriptor> m_descriptors;
    bool m_complete = true;
};

void addNamespaces(OptionList& options)
{
    options.add("--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL");
    options.add("--die-with-parent", "--new-session", "--uid", "1000", "--gid", "1000", "--hostname", "sandbox");
}

void addEnvironment(OptionList& options, const Job& job)
{
    options.add("--clearenv");
    options.add("--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin");
    options.add("--setenv", "HOME", workDirectory);
    options.add("--setenv", "TMPDIR", temporaryDirectory);
    options.add("--setenv", "LANG", "C.UTF-8");
    for (const auto& [name, value] : job.environment)
        options.add("--setenv", name, value);
}

void addSystem(OptionList& options, const Job& job)
{
    options.add("--ro-bind", "/usr", "/usr");
    for (const char* name : {"/bin", "/sbin", "/lib", "/lib32", "/lib64"}) {
        std::error_code error;
        if (fs::is_symlink(name, error))
            options.add("--symlink", fs::read_symlink(name, error).string(), name);
        else if (fs::is_directory(name, error))
            options.add("--ro-bind", name, name);
    }
    // Not secrets, and not needed everywhere: compilers are reached through alternatives, ld.so starts faster with its
    // cache.
    for (const char* path : {"/etc/alternatives", "/etc/ld.so.cache"})
        options.add("--ro-bind-try", path, path);
    // Plain files on the root file system, which becomes read-only in the end: each mount would cost a quarter
    // millisecond.
    options.addData(passwdLine, "/etc/passwd", "0444");
    options.addData(groupLine, "/etc/group", "0444");
    for (const std::string& path : job.readOnlyPaths)
        options.add("--ro-bind", path, path);
    options.add("--proc", "/proc", "--dev", "/dev");
}

void addFiles(OptionList& options, const Job& job)
{
    options.add("--size", std::to_string(job.limits.diskBytes), "--tmpfs", "/tmp");
    options.add("--dir", workDirectory, "--dir", temporaryDirectory);
    std::set<std::string> folders; // sorted: a parent comes before its children
    for (const JobFile& file : job.files) {
        for (fs::path folder = fs::path(file.path).parent_path(); !folder.empty(); folder = folder.parent_path())
            folders.insert(folder.string());
    }
    for (const std::string& folder : folders)
        options.add("--dir", std::string(workDirectory) + '/' + folder);
    for (const JobFile& file : job.files) {
        const std::string target = std::string(workDirectory) + '/' + file.path;
        options.addData(file.bytes, target, file.executable ? "0755" : "0644");
    }
}

} // namespace

Result<BubblewrapCommand> bubblewrapCommand(const Job& job, int self, const std::string& innerConfiguration)
{
    OptionList options;
    addNamespaces(options);
    addEnvironment(options, job);
    addSystem(options, job);
    options.add("--perms", "0555", "--file", std::to_string(self), innerHelperPath);
    addFiles(options, job);
    options.add("--size", "16777216", "--tmpfs", "/dev/shm");
    // After everything is in its place: nothing but /tmp and /dev/shm can be written, not even in memory.
    options.add("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", workDirectory);
    return std::move(options).finish(innerConfiguration);
}

} // namespace lemma::assistant
