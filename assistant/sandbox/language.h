#pragma once
// The languages that can be run: one row each. A new language is a new row in language.cpp.
//
//     const Language* language = findLanguage("c++");            // by id or alias, any case
//     Result<std::filesystem::path> compiler = findToolchain(*language);

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/sandbox/limits.h"
#include "engine/base/result.h"

namespace lemma::assistant {

// Everything a row's functions may use to build a command line.
struct CommandInput {
    std::string tool;               // absolute path of the toolchain
    std::vector<std::string> files; // the program's files; the first one is the main file
};

using CommandBuilder = std::vector<std::string> (*)(const CommandInput&);

struct Language {
    std::string_view id;                      // "cpp": stable, for JSON and history
    std::string_view name;                    // "C++": for people
    std::vector<std::string_view> aliases;    // names in code fences
    std::vector<std::string_view> extensions; // with the dot; the first one names a file that has no name
    std::vector<std::string_view> tools;      // programs that will do, best first
    std::string_view package;                 // what to install, in Debian's words
    CommandBuilder compile = nullptr;         // writes `artifact`; nullptr: nothing to compile
    CommandBuilder run = nullptr;             // nullptr: the artifact is the program
    Limits runLimits;
    Limits compileLimits;
};

inline constexpr std::string_view artifactName = "program";

std::span<const Language> languages();
const Language* findLanguage(std::string_view nameOrAlias);
const Language* languageOfFile(const std::filesystem::path& file);

// The toolchain, looked for where the sandbox can see it (/usr/local/bin, /usr/bin, /bin). NotFound names the package.
engine::Result<std::filesystem::path> findToolchain(const Language& language);

} // namespace lemma::assistant
