#include "app/cli/exit_code.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace lemma::app {
namespace {

using engine::ErrorCode;

constexpr std::array<std::pair<ErrorCode, int>, 10> codes{{
    {ErrorCode::Internal, 1},
    {ErrorCode::InvalidArgument, exitUsage},
    {ErrorCode::NotFound, 3},
    {ErrorCode::CorruptFile, 4},
    {ErrorCode::Unsupported, 5},
    {ErrorCode::OutOfMemory, 6},
    {ErrorCode::DeviceLost, 7},
    {ErrorCode::Io, 8},
    {ErrorCode::Timeout, 9},
    {ErrorCode::Cancelled, exitCancelled},
}};

} // namespace

int exitCodeOf(ErrorCode code)
{
    for (const auto& [errorCode, exitCode] : codes)
        if (errorCode == code)
            return exitCode;
    return 1;
}

std::string exitCodeTable()
{
    std::string table = "Exit codes:\n    0  done\n";
    for (const auto& [errorCode, exitCode] : codes) {
        if (exitCode == exitCancelled)
            table += fmt::format("{:5}  the program that `run` ran did not end well\n", exitProgramFailed);
        table +=
            fmt::format("{:5}  {}{}\n", exitCode, exitCode == exitUsage ? "usage, " : "", errorCodeName(errorCode));
    }
    return table;
}

} // namespace lemma::app
