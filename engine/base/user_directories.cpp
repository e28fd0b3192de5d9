#include "engine/base/user_directories.h"

#include <cstdlib>
#include <string_view>

#include <pwd.h>
#include <unistd.h>

namespace lemma::engine {
namespace {

std::filesystem::path homeDirectory()
{
    if (const std::filesystem::path home = pathFromEnvironment("HOME"); home.is_absolute())
        return home;
    const passwd* entry = getpwuid(getuid());
    return entry && entry->pw_dir ? std::filesystem::path(entry->pw_dir) : std::filesystem::path("/");
}

} // namespace

std::filesystem::path pathFromEnvironment(const char* variable)
{
    const char* value = std::getenv(variable);
    return value ? std::filesystem::path(value) : std::filesystem::path();
}

std::filesystem::path userDataDirectory()
{
    if (std::filesystem::path data = pathFromEnvironment("XDG_DATA_HOME"); data.is_absolute())
        return data;
    return homeDirectory() / ".local" / "share";
}

std::vector<std::filesystem::path> systemDataDirectories()
{
    const std::string list = pathFromEnvironment("XDG_DATA_DIRS").string();
    std::vector<std::filesystem::path> directories;
    std::string_view rest = list.empty() ? std::string_view("/usr/local/share:/usr/share") : std::string_view(list);
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        if (std::filesystem::path directory(rest.substr(0, colon)); directory.is_absolute())
            directories.push_back(std::move(directory));
        rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    }
    return directories;
}

} // namespace lemma::engine
