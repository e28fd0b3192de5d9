#pragma once
// What the library and the runner (lemma-sandbox) say to each other: one Job in, one JobResult out.
//
// The library starts `lemma-sandbox run` with these descriptors:
//     0  the encoded Job            1, 2  the program's stdout and stderr, as they arrive
//     3  a socket: the runner writes one JobResult in JSON and exits; closing it, or shutting down its writing side,
//        cancels the run
//     4  a memory file for the artifact, if the Job names one
//     5  the reading end of a pipe that becomes the program's stdin, if the Job asks for a live one
// A Job is one command. Compiling and running are two Jobs; the compiled program travels as the artifact's bytes, so
// that nothing of a run ever lies on the user's disk.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assistant/sandbox/limits.h"
#include "engine/base/result.h"

namespace lemma::assistant {

inline constexpr int jobDescriptor = 0;
inline constexpr int controlDescriptor = 3;
inline constexpr int artifactDescriptor = 4;
inline constexpr int liveInputDescriptor = 5;

struct JobFile {
    std::string path; // below the working directory, such as "main.py" or "lib/a.h"
    std::string bytes;
    bool executable = false;
};

struct Job {
    std::vector<JobFile> files;
    std::vector<std::string> command; // command[0] is a path: absolute, or below the working directory
    std::vector<std::pair<std::string, std::string>> environment; // beside PATH, HOME, TMPDIR and LANG
    std::vector<std::string> readOnlyPaths; // folders of the machine beside /usr that a toolchain needs
    std::string input;                      // stdin
    bool hasLiveInput = false;              // stdin is liveInputDescriptor instead
    std::string artifact; // file in the working directory to bring out when the command succeeds; may be empty
    Limits limits;
};

// How the command came to its end. All but Exited and Signalled mean that the runner ended it.
enum class Ending : std::uint8_t {
    Exited,
    Signalled,
    WallTime,
    CpuTime,
    Memory,
    Output,
    Cancelled,
    SandboxFailure, // the program did not start, or what happened is unknown: never the program's fault
};

struct JobResult {
    Ending ending = Ending::SandboxFailure;
    int exitCode = -1; // Exited
    int signal = 0;    // Signalled
    std::chrono::microseconds wall{};
    std::chrono::microseconds cpu{};
    std::uint64_t peakMemoryBytes = 0;
    std::uint64_t outputBytes = 0; // written by the program, kept or not
    std::string detail;            // for SandboxFailure and for the log
    std::string isolation;         // what was between the program and the machine
};

// Checks what a Job must fulfil: paths that stay below the working directory, no NUL, sane sizes, text in UTF-8.
engine::Result<> validateJob(const Job& job);

// A JSON header, then the bytes of files and input. decodeJob trusts nothing.
std::string encodeJob(const Job& job);
engine::Result<Job> decodeJob(std::string_view bytes);

std::string encodeJobResult(const JobResult& result);
engine::Result<JobResult> decodeJobResult(std::string_view json);

} // namespace lemma::assistant
