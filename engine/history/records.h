#pragma once
// What the history holds, as values: sessions and the tree of messages in each.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/chat/message.h"
#include "engine/runtime/consensus.h"
#include "engine/runtime/event.h"
#include "engine/sampling/parameters.h"

namespace lemma::engine {

using SessionId = std::int64_t;
using MessageId = std::int64_t;
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// Which page a session belongs to.
enum class SessionKind : std::uint8_t { Tutor, Coding, Ask };
std::string_view sessionKindName(SessionKind kind); // "tutor", "coding", "ask"
std::optional<SessionKind> sessionKindFromName(std::string_view name);

std::optional<Role> roleFromName(std::string_view name);

// "2025-01-31T08:15:00.250Z"
std::string isoTime(Timestamp time);

struct Session {
    SessionId id = 0;
    SessionKind kind = SessionKind::Ask;
    std::string title; // may be empty: nothing in the first message served
    std::string model; // path of the model last used
    Timestamp created;
    Timestamp updated;
    std::optional<MessageId> activeMessage; // the leaf of the branch that is shown
};

// A node of the tree. Editing or regenerating adds a sibling; nothing is ever overwritten.
struct StoredMessage {
    MessageId id = 0;
    SessionId session = 0;
    std::optional<MessageId> parent;
    Message message;
    std::optional<EndReason> endReason; // of an assistant; none while it is being written
    std::string model;                  // of an assistant, like the two that follow
    std::optional<SamplingParameters> sampling;
    std::optional<Usage> usage;
    Timestamp created;
};

// One of several chains that answered the same question.
struct StoredChain {
    MessageId message = 0;
    std::optional<std::string> ballot; // none: it abstained, or there was no vote
    std::optional<double> score;       // of a best of n
    bool stoppedEarly = false;         // the others had decided
};

// What ConsensusResult says, with the chains as messages.
struct StoredConsensus {
    std::vector<StoredChain> chains;
    std::vector<VoteGroup> groups; // of indices into `chains`
    int winner = 0;                // index into `chains`
    bool decidedEarly = false;
    int tokens = 0;
    int tokensSaved = 0;
};

} // namespace lemma::engine
