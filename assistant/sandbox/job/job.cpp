#include "assistant/sandbox/job/job.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "assistant/sandbox/job/limits_json.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using nlohmann::json;

namespace {

constexpr std::size_t maxFiles = 64;
constexpr std::size_t maxFileBytes = 64 * mebibyte;
constexpr std::size_t maxArgumentBytes = 64 * kibibyte; // Linux refuses one argument above 128 KiB

bool isPlainRelativePath(std::string_view path)
{
    if (path.empty() || path.size() > 200 || path.front() == '/' || path.find('\0') != std::string_view::npos)
        return false;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, slash);
        if (part.empty() || part == "." || part == "..")
            return false;
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return true;
}

bool hasNul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

std::size_t bytesOf(const std::vector<std::string>& texts)
{
    std::size_t total = 0;
    for (const std::string& text : texts)
        total += text.size() + 1;
    return total;
}

Result<> validateFiles(const Job& job)
{
    if (job.files.size() > maxFiles)
        return fail(ErrorCode::InvalidArgument, "more than 64 files");
    for (const JobFile& file : job.files) {
        if (!isPlainRelativePath(file.path))
            return fail(ErrorCode::InvalidArgument, "not a path below the working directory: " + file.path);
        if (file.bytes.size() > maxFileBytes)
            return fail(ErrorCode::InvalidArgument, "file too large: " + file.path);
    }
    if (!job.artifact.empty() && !isPlainRelativePath(job.artifact))
        return fail(ErrorCode::InvalidArgument, "not a path below the working directory: " + job.artifact);
    return {};
}

// Cuts the next `size` bytes off `rest`.
Result<std::string> take(std::string_view& rest, std::size_t size)
{
    if (size > rest.size())
        return fail(ErrorCode::CorruptFile, "job: shorter than its header says");
    std::string bytes{rest.substr(0, size)};
    rest.remove_prefix(size);
    return bytes;
}

Result<Job> jobFromHeader(const json& header, std::string_view rest)
{
    Job job;
    job.command = header.at("command").get<std::vector<std::string>>();
    job.environment = header.at("environment").get<std::vector<std::pair<std::string, std::string>>>();
    job.readOnlyPaths = header.at("readOnlyPaths").get<std::vector<std::string>>();
    job.artifact = header.at("artifact").get<std::string>();
    job.limits = limitsFromJson(header.at("limits"));
    for (const json& entry : header.at("files")) {
        JobFile file{entry.at("path").get<std::string>(), {}, entry.at("executable").get<bool>()};
        LEMMA_TRY(file.bytes, take(rest, entry.at("size").get<std::size_t>()));
        job.files.push_back(std::move(file));
    }
    job.hasLiveInput = header.at("liveInput").get<bool>();
    LEMMA_TRY(job.input, take(rest, header.at("inputSize").get<std::size_t>()));
    LEMMA_CHECK(validateJob(job));
    return job;
}

} // namespace

Result<> validateJob(const Job& job)
{
    LEMMA_CHECK(validateFiles(job));
    if (job.command.empty() || job.command.front().find('/') == std::string::npos)
        return fail(ErrorCode::InvalidArgument, "the command must begin with a path");
    if (bytesOf(job.command) > maxArgumentBytes)
        return fail(ErrorCode::InvalidArgument, "arguments longer than 64 KiB: use stdin");
    if (std::any_of(job.command.begin(), job.command.end(), hasNul))
        return fail(ErrorCode::InvalidArgument, "an argument contains a NUL byte");
    for (const auto& [name, value] : job.environment) {
        if (name.empty() || name.find('=') != std::string::npos || hasNul(name) || hasNul(value))
            return fail(ErrorCode::InvalidArgument, "bad environment variable: " + name);
    }
    for (const std::string& path : job.readOnlyPaths) {
        if (path.size() < 2 || path.front() != '/' || hasNul(path))
            return fail(ErrorCode::InvalidArgument, "not an absolute path: " + path);
    }
    return {};
}

std::string encodeJob(const Job& job)
{
    json files = json::array();
    for (const JobFile& file : job.files)
        files.push_back({{"path", file.path}, {"size", file.bytes.size()}, {"executable", file.executable}});
    const json header{
        {"command", job.command},        {"environment", job.environment},     {"readOnlyPaths", job.readOnlyPaths},
        {"artifact", job.artifact},      {"limits", limitsToJson(job.limits)}, {"files", files},
        {"inputSize", job.input.size()}, {"liveInput", job.hasLiveInput}};
    // Text that is not UTF-8 becomes U+FFFD: names and arguments are text, contents travel as bytes below.
    std::string bytes = header.dump(-1, ' ', false, json::error_handler_t::replace);
    bytes += '\n';
    for (const JobFile& file : job.files)
        bytes += file.bytes;
    bytes += job.input;
    return bytes;
}

Result<Job> decodeJob(std::string_view bytes)
{
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos)
        return fail(ErrorCode::CorruptFile, "job: no header");
    try {
        return jobFromHeader(json::parse(bytes.substr(0, end)), bytes.substr(end + 1));
    } catch (const json::exception& error) {
        return fail(ErrorCode::CorruptFile, std::string("job: ") + error.what());
    }
}

} // namespace lemma::assistant
