#pragma once
// What a running generation tells: one stream for window, terminal, store, export and server.
// Order: Loading*, Prefill*, (ThoughtDelta | AnswerDelta)*, then the request's onFinished exactly once. Several chains
// for one question tell ChainDelta and ChainEnd before the winner's ThoughtDelta and AnswerDelta.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/chat/language_detector.h"

namespace lemma::engine {

// Positions in the sequence of tokens, prompt included: [begin, end).
struct TokenRange {
    int begin = 0;
    int end = 0;
};

struct Loading {
    float fraction = 0; // of the model's bytes
};

struct Prefill {
    int done = 0;
    int total = 0;  // tokens of the prompt
    int reused = 0; // of them, found in the cache of an earlier turn
};

// A piece of the chain of thought, whole UTF-8 characters, tags left out.
struct ThoughtDelta {
    std::string text;
    TokenRange tokens;
};

// The thought was closed (by the model or at a limit); what follows is the answer.
struct ThoughtEnd {
    int tokens = 0; // length of the thought
};

struct AnswerDelta {
    std::string text;
    TokenRange tokens;
};

enum class EndReason : std::uint8_t {
    Eos,       // the model ended by itself
    Length,    // the limit of new tokens
    Context,   // the context is full
    Stop,      // a stop string
    Budget,    // the thinking budget ran out and nothing was left for an answer
    Loop,      // the text repeated itself
    Cancelled, // the user pressed Stop
    Error,     // the Result holds the error
    Crash,     // found in the journal at the next start
};
std::string_view endReasonName(EndReason reason); // "eos", "length", ...
// Eos for a name that is none of ours.
EndReason endReasonFromName(std::string_view name);

// Of one among several chains (consensus.h), while they are written.
struct ChainDelta {
    int chain = 0;        // from 0
    bool thought = false; // else answer
    std::string text;
    TokenRange tokens;
};

struct ChainEnd {
    int chain = 0;
    EndReason reason = EndReason::Eos;
    int tokens = 0;                    // written
    std::optional<std::string> ballot; // what it votes for; none: it abstains, or there is no vote
    std::optional<int> group;          // of chains with the same answer, numbered in the order of their first votes
    std::optional<double> score;       // in a best of n
};

using Event = std::variant<Loading, Prefill, ThoughtDelta, ThoughtEnd, AnswerDelta, ChainDelta, ChainEnd>;

struct ConsensusResult; // consensus.h

struct Usage {
    int promptTokens = 0;
    int reusedTokens = 0;
    int thoughtTokens = 0;
    int answerTokens = 0;
    int draftedTokens = 0;  // guessed by drafting
    int acceptedTokens = 0; // of them, right
    std::chrono::duration<double> loadTime{};
    std::chrono::duration<double> prefillTime{};
    std::chrono::duration<double> decodeTime{};

    double prefillTokensPerSecond() const;
    double decodeTokensPerSecond() const;
};

struct GenerationSummary {
    EndReason reason = EndReason::Eos;
    Usage usage;
    bool thoughtClosedByLimit = false;    // Lemma, not the model, closed the thought; the run's record says why
    ThoughtLanguage thoughtLanguage = {}; // of the thought; empty where there was none
    std::shared_ptr<const ConsensusResult> consensus = nullptr; // where the request asked for several chains
};

} // namespace lemma::engine
