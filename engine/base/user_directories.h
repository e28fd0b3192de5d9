#pragma once
// Where a user's own files live, by the XDG base directory specification. The environment is read at each call, so
// tests point it elsewhere; relative values are ignored, as the specification demands.

#include <filesystem>
#include <vector>

namespace lemma::engine {

// $XDG_DATA_HOME, else ~/.local/share.
std::filesystem::path userDataDirectory();

// $XDG_DATA_DIRS, else /usr/local/share and /usr/share; most important first.
std::vector<std::filesystem::path> systemDataDirectories();

// The value of an environment variable as a path; empty when it is unset or empty.
std::filesystem::path pathFromEnvironment(const char* variable);

} // namespace lemma::engine
