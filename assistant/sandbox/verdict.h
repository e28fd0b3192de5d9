#pragma once
// What a run came to, in the words that the assistant's screens and JSON use.

#include <cstdint>
#include <string_view>

namespace lemma::assistant {

enum class Verdict : std::uint8_t {
    Ok,           // ended by itself with exit code 0
    RuntimeError, // another exit code, or a signal
    TimeLimit,    // wall clock or CPU time
    MemoryLimit,
    OutputLimit,
    CompileError, // did not compile; limits hit while compiling count as well
    SandboxError, // our side failed: never the program's fault, never shown to the model as one
    Cancelled,
};

// "ok", "runtime-error", "time-limit", ...: stable, for logs and JSON.
constexpr std::string_view verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Ok: return "ok";
    case Verdict::RuntimeError: return "runtime-error";
    case Verdict::TimeLimit: return "time-limit";
    case Verdict::MemoryLimit: return "memory-limit";
    case Verdict::OutputLimit: return "output-limit";
    case Verdict::CompileError: return "compile-error";
    case Verdict::SandboxError: return "sandbox-error";
    case Verdict::Cancelled: return "cancelled";
    }
    return "sandbox-error";
}

} // namespace lemma::assistant
