#include "assistant/sandbox/job/limits_json.h"

#include <nlohmann/json.hpp>

namespace lemma::assistant {

using nlohmann::json;

json limitsToJson(const Limits& limits)
{
    return {{"wall", limits.wall.count()},
            {"cpu", limits.cpu.count()},
            {"memory", limits.memoryBytes},
            {"stack", limits.stackBytes},
            {"disk", limits.diskBytes},
            {"file", limits.fileBytes},
            {"keptOutput", limits.keptOutputBytes},
            {"killOutput", limits.killOutputBytes},
            {"processes", limits.processes},
            {"openFiles", limits.openFiles}};
}

Limits limitsFromJson(const json& document)
{
    Limits limits;
    limits.wall = std::chrono::milliseconds(document.at("wall").get<std::int64_t>());
    limits.cpu = std::chrono::milliseconds(document.at("cpu").get<std::int64_t>());
    limits.memoryBytes = document.at("memory").get<std::uint64_t>();
    limits.stackBytes = document.at("stack").get<std::uint64_t>();
    limits.diskBytes = document.at("disk").get<std::uint64_t>();
    limits.fileBytes = document.at("file").get<std::uint64_t>();
    limits.keptOutputBytes = document.at("keptOutput").get<std::uint64_t>();
    limits.killOutputBytes = document.at("killOutput").get<std::uint64_t>();
    limits.processes = document.at("processes").get<int>();
    limits.openFiles = document.at("openFiles").get<int>();
    return limits;
}

} // namespace lemma::assistant
