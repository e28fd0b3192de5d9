#include "assistant/sandbox/runner_location.h"

#include <cstdlib>
#include <unistd.h>

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {

bool isProgram(const std::filesystem::path& path)
{
    std::error_code error;
    return path.is_absolute() && std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

} // namespace

Result<std::filesystem::path> findRunner()
{
    if (const char* named = ::secure_getenv("LEMMA_SANDBOX_RUNNER"); named != nullptr && isProgram(named))
        return std::filesystem::path(named);
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const auto& candidate : {folder / "lemma-sandbox", folder.parent_path() / "libexec/lemma/lemma-sandbox"}) {
        if (!error && isProgram(candidate))
            return candidate;
    }
    return fail(
        ErrorCode::NotFound,
        "The program lemma-sandbox, which isolates what is run, is missing from the installation. Reinstall Lemma.");
}

Result<> findBubblewrap()
{
    if (isProgram(bubblewrapPath))
        return {};
    return fail(ErrorCode::NotFound,
                "Running code needs bubblewrap (/usr/bin/bwrap), which is not installed. On Debian or "
                "Ubuntu: sudo apt install bubblewrap");
}

} // namespace lemma::assistant
