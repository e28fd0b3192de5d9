#pragma once
// Runs code that nobody has read. Nothing of the machine is visible to it but the system's own programs, it has no
// network, and it is ended, with everything it started, at the limits.
//
//     Result<Sandbox> sandbox = Sandbox::probe();        // once; tells what is missing where it fails
//     RunRequest request;
//     request.language = "python";
//     request.files = {{"main.py", "print(int(input()) * 2)"}};
//     request.input = "21\n";
//     Result<RunReport> report = sandbox->run(request, stopToken);   // blocks; for a worker thread
//     // report->verdict == Verdict::Ok, report->output == "42\n"
//
// Isolation: bubblewrap (namespaces) around Landlock, seccomp and resource limits, set up by the separate program
// lemma-sandbox, which also supervises the run. There is no way to run without all of them: what cannot be isolated is
// refused. As root the runner first drops to the user "nobody".
//
// Threads: a Sandbox is immutable and may run any number of requests at once. Cancelling takes effect within about 50
// ms.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/sandbox/limits.h"
#include "assistant/sandbox/live_input.h"
#include "assistant/sandbox/verdict.h"
#include "engine/base/result.h"

namespace lemma::assistant {

struct SourceFile {
    std::string path; // relative to the working directory: "main.py", "lib/util.h"
    std::string text;
};

struct RunRequest {
    std::string language;          // id or alias of language.h: "python", "py", "c++", ...
    std::vector<SourceFile> files; // the first one is the program; the others are beside it
    std::string input;             // stdin
    std::vector<std::string> arguments;
    std::optional<Limits> limits;                        // of the run; empty: the language's defaults
    std::shared_ptr<LiveInput> liveInput = {};           // stdin instead, written while the program runs
    std::function<void(std::string_view)> onOutput = {}; // stdout as it comes, raw; on the thread that runs
    std::string program = {}; // what build() made of these files; empty: run() compiles first
};

enum class Stage : std::uint8_t { Compile, Run };

struct RunReport {
    Stage stage = Stage::Run; // the stage that the verdict is about
    Verdict verdict = Verdict::SandboxError;
    int exitCode = -1;            // -1: ended by a signal or by us
    int signal = 0;               // 0: none
    std::string output;           // stdout, raw bytes up to the limit
    std::string errors;           // stderr, likewise
    std::string compilerMessages; // warnings as well; display text
    // The same two, safe to show: valid UTF-8 without control, ANSI and bidi characters (display_text.h).
    std::string displayOutput;
    std::string displayErrors;
    bool outputTruncated = false; // more was written than was kept
    std::chrono::microseconds wall{};
    std::chrono::microseconds cpu{};
    std::uint64_t peakMemoryBytes = 0;
    std::string isolation; // "bubblewrap namespaces, Landlock ABI 7, seccomp"
    std::string detail;    // why, for the log and for "Details"
};

struct Build {
    RunReport report;    // Ok, or why there is no program; with the compiler's messages
    std::string program; // empty as well for a language that needs no compiling
};

struct ProbeOptions {
    std::filesystem::path runner;         // empty: found by runner_location.h
    std::filesystem::path cacheDirectory; // empty: $XDG_CACHE_HOME/lemma, else ~/.cache/lemma
    bool useCache = true;                 // false: attack again although it held since the machine started
};

class Sandbox {
public:
    // Finds bubblewrap and the runner and attacks the result with the self-test (self_test.h). The answer "it holds" is
    // remembered until the machine, the kernel, bubblewrap or the runner changes. Takes about half a second without
    // cache. Errors: NotFound (something to install), Unsupported (this machine cannot isolate, or an attack got
    // through); the message is a sentence that says what to do.
    static engine::Result<Sandbox> probe(const ProbeOptions& options = {});

    // Compiles only, so that many runs of one program share it (RunRequest::program). Errors as for run().
    engine::Result<Build> build(const RunRequest& request, std::stop_token stop = {}) const;

    // Compiles where the language needs it and runs. A program that fails is a RunReport, not an error. Errors:
    // InvalidArgument (unknown language, bad file name, too large), NotFound (toolchain not installed; the message
    // names the package).
    engine::Result<RunReport> run(const RunRequest& request, std::stop_token stop = {}) const;

    const std::filesystem::path& runner() const { return m_runner; }

private:
    explicit Sandbox(std::filesystem::path runner) : m_runner(std::move(runner)) {}

    std::filesystem::path m_runner;
};

} // namespace lemma::assistant
