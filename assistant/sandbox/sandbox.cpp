#include "assistant/sandbox/sandbox.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>

#include "assistant/sandbox/display_text.h"
#include "assistant/sandbox/language.h"
#include "assistant/sandbox/launcher.h"
#include "assistant/sandbox/refusal.h"
#include "assistant/sandbox/runner_location.h"
#include "assistant/sandbox/self_test.h"

namespace lemma::assistant {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
namespace fs = std::filesystem;

namespace {

fs::path cacheFile(const ProbeOptions& options)
{
    constexpr const char* name = "sandbox-self-test";
    if (!options.cacheDirectory.empty())
        return options.cacheDirectory / name;
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && cache[0] == '/')
        return fs::path(cache) / "lemma" / name;
    const char* home = std::getenv("HOME");
    return home != nullptr && home[0] == '/' ? fs::path(home) / ".cache/lemma" / name : fs::path();
}

bool isRemembered(const fs::path& file, const std::string& fingerprint)
{
    std::string line;
    std::ifstream in(file);
    return std::getline(in, line) && line == fingerprint;
}

// Failing to remember costs the next start half a second, nothing else.
void remember(const fs::path& file, const std::string& fingerprint)
{
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    std::ofstream(file, std::ios::trunc) << fingerprint << '\n';
}

Verdict verdictOf(const JobResult& result)
{
    switch (result.ending) {
    case Ending::Exited: return result.exitCode == 0 ? Verdict::Ok : Verdict::RuntimeError;
    case Ending::Signalled: return Verdict::RuntimeError;
    case Ending::WallTime:
    case Ending::CpuTime: return Verdict::TimeLimit;
    case Ending::Memory: return Verdict::MemoryLimit;
    case Ending::Output: return Verdict::OutputLimit;
    case Ending::Cancelled: return Verdict::Cancelled;
    case Ending::SandboxFailure: return Verdict::SandboxError;
    }
    return Verdict::SandboxError;
}

std::string detailOf(const JobResult& result, const Limits& limits)
{
    switch (result.ending) {
    case Ending::Exited: return result.exitCode == 0 ? "" : fmt::format("exit code {}", result.exitCode);
    case Ending::Signalled: {
        const char* name = ::sigabbrev_np(result.signal);
        const std::string signal =
            name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", result.signal);
        return result.detail.empty() ? signal : signal + ": " + result.detail;
    }
    case Ending::WallTime: return fmt::format("still running after {} ms", limits.wall.count());
    case Ending::CpuTime: return fmt::format("used more than {} ms of CPU time", limits.cpu.count());
    case Ending::Memory:
        return result.detail.empty() ? fmt::format("used more than {} MiB", limits.memoryBytes / mebibyte)
                                     : result.detail;
    case Ending::Output: return fmt::format("wrote more than {} KiB", limits.killOutputBytes / kibibyte);
    case Ending::Cancelled: return "stopped";
    case Ending::SandboxFailure: return refusalSentence(result.detail);
    }
    return {};
}

RunReport reportOf(Stage stage, JobOutcome outcome, const Limits& limits)
{
    RunReport report;
    report.stage = stage;
    report.verdict = verdictOf(outcome.result);
    report.exitCode = outcome.result.exitCode;
    report.signal = outcome.result.signal;
    report.outputTruncated = outcome.result.outputBytes > outcome.output.size() + outcome.errors.size();
    report.output = std::move(outcome.output);
    report.errors = std::move(outcome.errors);
    report.displayOutput = displayText(report.output);
    report.displayErrors = displayText(report.errors);
    report.wall = outcome.result.wall;
    report.cpu = outcome.result.cpu;
    report.peakMemoryBytes = outcome.result.peakMemoryBytes;
    report.isolation = outcome.result.isolation;
    report.detail = detailOf(outcome.result, limits);
    return report;
}

std::vector<JobFile> jobFiles(const RunRequest& request)
{
    std::vector<JobFile> files;
    for (const SourceFile& file : request.files)
        files.push_back({file.path, file.text, false});
    return files;
}

CommandInput commandInput(const RunRequest& request, const fs::path& tool)
{
    CommandInput input{tool.string(), {}};
    for (const SourceFile& file : request.files)
        input.files.push_back(file.path);
    return input;
}

Result<const Language*> languageOf(const RunRequest& request)
{
    const Language* language = findLanguage(request.language);
    if (language == nullptr)
        return fail(ErrorCode::InvalidArgument, "Programs in '" + request.language + "' cannot be run.");
    if (request.files.empty())
        return fail(ErrorCode::InvalidArgument, "There is no program to run.");
    return language;
}

Result<Build> compile(const fs::path& runner, const Language& language, const RunRequest& request, const fs::path& tool,
                      std::stop_token stop)
{
    Job job;
    job.files = jobFiles(request);
    job.command = language.compile(commandInput(request, tool));
    job.artifact = artifactName;
    job.limits = language.compileLimits;
    LEMMA_TRY(JobOutcome outcome, runJob(runner, job, std::move(stop)));
    Build compiled;
    compiled.program = std::move(outcome.artifact);
    compiled.report = reportOf(Stage::Compile, std::move(outcome), job.limits);
    RunReport& report = compiled.report;
    report.compilerMessages = report.displayOutput + report.displayErrors;
    if (report.verdict == Verdict::Ok && compiled.program.empty()) {
        report.verdict = Verdict::SandboxError;
        report.detail = "the compiled program could not be brought out of the sandbox";
    } else if (report.verdict != Verdict::Ok && report.verdict != Verdict::SandboxError &&
               report.verdict != Verdict::Cancelled) {
        report.verdict = Verdict::CompileError;
    }
    return compiled;
}

} // namespace

Result<Sandbox> Sandbox::probe(const ProbeOptions& options)
{
    LEMMA_CHECK(findBubblewrap());
    fs::path runner = options.runner;
    if (runner.empty()) {
        LEMMA_TRY(runner, findRunner());
    }
    const fs::path cache = cacheFile(options);
    const std::string fingerprint = sandboxFingerprint(runner);
    if (options.useCache && isRemembered(cache, fingerprint))
        return Sandbox(std::move(runner));
    LEMMA_CHECK(attackSandbox(runner));
    if (options.useCache && !cache.empty())
        remember(cache, fingerprint);
    return Sandbox(std::move(runner));
}

Result<Build> Sandbox::build(const RunRequest& request, std::stop_token stop) const
{
    LEMMA_TRY(const Language* language, languageOf(request));
    LEMMA_TRY(const fs::path tool, findToolchain(*language));
    if (language->compile != nullptr)
        return compile(m_runner, *language, request, tool, std::move(stop));
    Build nothing;
    nothing.report.stage = Stage::Compile;
    nothing.report.verdict = Verdict::Ok;
    return nothing;
}

Result<RunReport> Sandbox::run(const RunRequest& request, std::stop_token stop) const
{
    LEMMA_TRY(const Language* language, languageOf(request));
    LEMMA_TRY(const fs::path tool, findToolchain(*language));

    Job job;
    job.files = jobFiles(request);
    job.input = request.input;
    job.hasLiveInput = request.liveInput != nullptr;
    job.limits = request.limits.value_or(language->runLimits);
    std::string messages;
    if (!request.program.empty()) {
        job.files.push_back({std::string(artifactName), request.program, true});
    } else if (language->compile != nullptr) {
        LEMMA_TRY(Build compiled, compile(m_runner, *language, request, tool, stop));
        if (compiled.report.verdict != Verdict::Ok)
            return compiled.report;
        messages = std::move(compiled.report.compilerMessages);
        job.files.push_back({std::string(artifactName), std::move(compiled.program), true});
    }
    job.command = language->run != nullptr ? language->run(commandInput(request, tool))
                                           : std::vector<std::string>{"./" + std::string(artifactName)};
    job.command.insert(job.command.end(), request.arguments.begin(), request.arguments.end());
    LEMMA_TRY(JobOutcome outcome, runJob(m_runner, job, stop, {request.liveInput, request.onOutput}));
    RunReport report = reportOf(Stage::Run, std::move(outcome), job.limits);
    report.compilerMessages = std::move(messages);
    return report;
}

} // namespace lemma::assistant
