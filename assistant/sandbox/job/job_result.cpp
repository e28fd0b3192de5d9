#include <array>
#include <nlohmann/json.hpp>

#include "assistant/sandbox/job/job.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using nlohmann::json;

namespace {

// In the order of Ending.
constexpr std::array<std::string_view, 8> endingNames{"exited", "signalled", "wall-time", "cpu-time",
                                                      "memory", "output",    "cancelled", "sandbox-failure"};

Ending endingFromName(std::string_view name)
{
    for (std::size_t i = 0; i < endingNames.size(); ++i) {
        if (endingNames[i] == name)
            return static_cast<Ending>(i);
    }
    return Ending::SandboxFailure;
}

} // namespace

std::string encodeJobResult(const JobResult& result)
{
    const json document{{"ending", endingNames[static_cast<std::size_t>(result.ending)]},
                        {"exitCode", result.exitCode},
                        {"signal", result.signal},
                        {"wallMicroseconds", result.wall.count()},
                        {"cpuMicroseconds", result.cpu.count()},
                        {"peakMemoryBytes", result.peakMemoryBytes},
                        {"outputBytes", result.outputBytes},
                        {"detail", result.detail},
                        {"isolation", result.isolation}};
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<JobResult> decodeJobResult(std::string_view text)
{
    try {
        const json document = json::parse(text);
        JobResult result;
        result.ending = endingFromName(document.at("ending").get<std::string>());
        result.exitCode = document.at("exitCode").get<int>();
        result.signal = document.at("signal").get<int>();
        result.wall = std::chrono::microseconds(document.at("wallMicroseconds").get<std::int64_t>());
        result.cpu = std::chrono::microseconds(document.at("cpuMicroseconds").get<std::int64_t>());
        result.peakMemoryBytes = document.at("peakMemoryBytes").get<std::uint64_t>();
        result.outputBytes = document.at("outputBytes").get<std::uint64_t>();
        result.detail = document.at("detail").get<std::string>();
        result.isolation = document.at("isolation").get<std::string>();
        return result;
    } catch (const json::exception& error) {
        return fail(ErrorCode::CorruptFile, std::string("runner's answer: ") + error.what());
    }
}

} // namespace lemma::assistant
