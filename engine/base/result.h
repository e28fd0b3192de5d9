#pragma once
// Errors as values. Everything that a file, a model, a user or the network can make fail returns a Result.
//
//     static Result<MappedFile> open(const std::filesystem::path& path);
//
//     Result<Config> readConfig(const std::filesystem::path& path)
//     {
//         LEMMA_TRY(MappedFile file, MappedFile::open(path));   // returns the error to our caller
//         LEMMA_CHECK(verify(file));                            // the same for Result<void>
//         return parse(file.bytes());
//     }
//
// A Result that is ignored does not compile. Messages are for the log and for "Details"; what a user reads is made from
// the code by app/bridge (window) or app/cli (terminal).

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace lemma::engine {

enum class ErrorCode : std::uint8_t {
    InvalidArgument, // the caller or the user asked for something that makes no sense
    NotFound,        // a file, model, session or tool is not there
    CorruptFile,     // the bytes contradict themselves or the format
    Unsupported,     // well formed, but not something we can do (the message names what)
    OutOfMemory,     // an ordinary answer: use a smaller context or model
    DeviceLost,      // the GPU is in a sticky error state; the CPU can go on
    Cancelled,       // stopped on request
    Io,              // reading or writing failed (disk full, permission, removed medium)
    Timeout,         // a limit of time ran out
    Internal,        // our own mistake
};

// "corrupt-file" and so on: stable, for logs and JSON.
constexpr std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument: return "invalid-argument";
    case ErrorCode::NotFound: return "not-found";
    case ErrorCode::CorruptFile: return "corrupt-file";
    case ErrorCode::Unsupported: return "unsupported";
    case ErrorCode::OutOfMemory: return "out-of-memory";
    case ErrorCode::DeviceLost: return "device-lost";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::Io: return "io";
    case ErrorCode::Timeout: return "timeout";
    case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
};

template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

// What a failing function returns: `return fail(ErrorCode::NotFound, "no such session");`
inline tl::unexpected<Error> fail(ErrorCode code, std::string message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

} // namespace lemma::engine

#define LEMMA_CONCAT_INNER(a, b) a##b
#define LEMMA_CONCAT(a, b) LEMMA_CONCAT_INNER(a, b)
#define LEMMA_TRY_INNER(result, declaration, expression)                                                               \
    auto result = (expression);                                                                                        \
    if (!result)                                                                                                       \
        return ::lemma::engine::fail(std::move(result).error());                                                       \
    declaration = *std::move(result)

// Declares (or assigns) the value of a Result, or returns its error from the calling function.
#define LEMMA_TRY(declaration, expression)                                                                             \
    LEMMA_TRY_INNER(LEMMA_CONCAT(lemmaResult_, __LINE__), declaration, expression)

// Returns the error of a Result<void> from the calling function.
#define LEMMA_CHECK(expression)                                                                                        \
    do {                                                                                                               \
        if (auto lemmaResult_ = (expression); !lemmaResult_)                                                           \
            return ::lemma::engine::fail(std::move(lemmaResult_).error());                                             \
    } while (false)
