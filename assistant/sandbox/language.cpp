#include "assistant/sandbox/language.h"

#include <algorithm>
#include <unistd.h>

#include "engine/base/ascii.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using Command = std::vector<std::string>;

namespace {

Command pythonRun(const CommandInput& input)
{
    // Isolated mode, so that a program called random.py can import random. It also hides the files beside the program,
    // which is why a program of several files does without. Unbuffered: what was printed before the time limit is kept.
    Command command{input.tool, "-u", "-X", "utf8"};
    if (input.files.size() == 1)
        command.emplace_back("-I");
    command.push_back(input.files.front());
    return command;
}

// Headers and data files lie beside the sources but are not named to the compiler.
void appendSources(Command& command, const CommandInput& input, std::span<const std::string_view> extensions)
{
    for (const std::string& file : input.files) {
        const std::string extension = std::filesystem::path(file).extension();
        if (file == input.files.front() || std::ranges::find(extensions, extension) != extensions.end())
            command.push_back(file);
    }
}

Command cCompile(const CommandInput& input)
{
    Command command{input.tool, "-std=c17", "-O2", "-Wall", "-Wextra", "-o", std::string(artifactName)};
    static constexpr std::string_view extensions[] = {".c"};
    appendSources(command, input, extensions);
    command.emplace_back("-lm");
    command.emplace_back("-pthread");
    return command;
}

Command cppCompile(const CommandInput& input)
{
    Command command{input.tool, "-std=c++20", "-O2", "-Wall", "-Wextra", "-o", std::string(artifactName)};
    static constexpr std::string_view extensions[] = {".cpp", ".cc", ".cxx"};
    appendSources(command, input, extensions);
    command.emplace_back("-pthread");
    return command;
}

Command interpreterRun(const CommandInput& input) { return {input.tool, input.files.front()}; }

Limits compilerLimits()
{
    Limits limits;
    limits.wall = std::chrono::seconds(30);
    limits.cpu = std::chrono::seconds(20);
    limits.memoryBytes = 1024 * mebibyte;
    limits.diskBytes = 512 * mebibyte;
    limits.fileBytes = 64 * mebibyte;
    limits.keptOutputBytes = 256 * kibibyte;
    limits.processes = 128;
    return limits;
}

Limits nativeLimits()
{
    Limits limits;
    limits.stackBytes = 64 * mebibyte; // deep recursion is a normal way to write C and C++
    return limits;
}

Limits nodeLimits()
{
    Limits limits;
    limits.memoryBytes = 512 * mebibyte;
    return limits;
}

std::vector<Language> makeLanguages()
{
    return {
        {"python", "Python", {"py", "py3", "python3"}, {".py"}, {"python3"}, "python3", nullptr, pythonRun, {}, {}},
        {"c",
         "C",
         {"c11", "c17", "c99"},
         {".c"},
         {"gcc", "clang", "cc"},
         "gcc",
         cCompile,
         nullptr,
         nativeLimits(),
         compilerLimits()},
        {"cpp",
         "C++",
         {"c++", "cxx", "cc", "c++17", "c++20", "cpp17", "cpp20"},
         {".cpp", ".cc", ".cxx"},
         {"g++", "clang++", "c++"},
         "g++",
         cppCompile,
         nullptr,
         nativeLimits(),
         compilerLimits()},
        {"javascript",
         "JavaScript",
         {"js", "node", "nodejs"},
         {".js", ".mjs"},
         {"node", "nodejs"},
         "nodejs",
         nullptr,
         interpreterRun,
         nodeLimits(),
         {}},
        {"bash", "Bash", {"sh", "shell"}, {".sh", ".bash"}, {"bash"}, "bash", nullptr, interpreterRun, {}, {}},
    };
}

} // namespace

std::span<const Language> languages()
{
    static const std::vector<Language> table = makeLanguages();
    return table;
}

const Language* findLanguage(std::string_view nameOrAlias)
{
    const std::string name = engine::asciiLowered(nameOrAlias);
    for (const Language& language : languages()) {
        if (language.id == name || std::ranges::find(language.aliases, name) != language.aliases.end())
            return &language;
    }
    return nullptr;
}

const Language* languageOfFile(const std::filesystem::path& file)
{
    const std::string extension = engine::asciiLowered(file.extension().string());
    for (const Language& language : languages()) {
        if (std::ranges::find(language.extensions, extension) != language.extensions.end())
            return &language;
    }
    return nullptr;
}

Result<std::filesystem::path> findToolchain(const Language& language)
{
    for (const std::string_view tool : language.tools) {
        for (const char* folder : {"/usr/local/bin", "/usr/bin", "/bin"}) {
            const std::filesystem::path path = std::filesystem::path(folder) / tool;
            if (::access(path.c_str(), X_OK) == 0)
                return path;
        }
    }
    return fail(ErrorCode::NotFound, std::string(language.name) +
                                         " is not installed; on Debian or Ubuntu: apt install " +
                                         std::string(language.package));
}

} // namespace lemma::assistant
