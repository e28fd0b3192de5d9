#pragma once
// Several chains of thought for one question, and one answer out of them: by a vote (self-consistency; Wang et al.,
// "Self-Consistency Improves Chain of Thought Reasoning in Language Models", 2023) or as the best of n by a score.
//
//     request.consensus = ConsensusOptions{.chains = 8};                      // a vote
//     request.consensus->ballot = [](const ChainText& chain) { return finalAnswer(chain.answer); };
//     request.consensus->sameAnswer = [](const auto& a, const auto& b) { return isEqual(a, b); };
//
//     request.consensus = ConsensusOptions{.chains = 4};                      // the best of 4
//     request.consensus->score = [](const ChainText& chain) { return reward(chain); };
//
// What an answer is and when two are the same, the engine does not know: the caller's functions do.
//
// The prompt is read once; the chains share its pages and are written in one batch, so that the model's weights are
// read once for all of them. Chain i has the request's seed plus i: it writes what a request of its own with that seed
// would, token for token, whatever the others do. A cache too small for all makes chains wait, not fail.
//
// Events: ChainDelta while they are written, ChainEnd for each chain; then the winner's own events and its run, as if
// it had been the only one (so that what shows or stores one answer need not know of the others).
// GenerationSummary::consensus has all chains, each with the record by which it can be repeated or gone on with. Its
// usage counts the winner's tokens, ConsensusResult::tokens those of all.
//
// The functions are called by the engine thread and may take their time, but hold the chains up meanwhile. They must
// not throw.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/runtime/event.h"
#include "engine/runtime/run_record.h"

namespace lemma::engine {

struct ChainText {
    std::string thought;
    std::string answer;
    EndReason reason = EndReason::Eos;
    bool thoughtClosed = true; // there was no thought, or it was closed
};

struct ConsensusOptions {
    int chains = 8;

    // What a finished chain votes for; none: it abstains. Default: its whole answer, where there is one.
    std::function<std::optional<std::string>(const ChainText&)> ballot = {};
    // Whether two ballots mean the same. Compared with the first ballot of each group. Default: equal text.
    std::function<bool(const std::string&, const std::string&)> sameAnswer = {};
    // Ends as soon as the chains still running cannot change the winner.
    bool stopWhenDecided = true;

    // Given: no vote, but the chain with the highest score wins, the first of equals.
    std::function<double(const ChainText&)> score = {};
    // A score from which on nothing better is waited for.
    std::optional<double> goodEnough = {};
};

struct ChainOutcome {
    ChainText text;
    bool stoppedEarly = false; // the others had decided; its reason is Cancelled
    Usage usage;               // its tokens; times are those of the whole request
    RunRecord run;             // with its own seed
    std::optional<std::string> ballot;
    std::optional<double> score;
};

// Chains that gave the same answer.
struct VoteGroup {
    std::string answer;      // the first ballot
    std::vector<int> chains; // indices, in the order of their votes
};

struct ConsensusResult {
    std::vector<ChainOutcome> chains;
    std::vector<VoteGroup> groups; // most votes first, then the one with the lowest chain; empty for a best of n
    int winner = 0;                // index of a chain
    bool decidedEarly = false;
    int tokens = 0; // written by all chains
    // What the early end saved: for each chain that was stopped, how much shorter it is than the mean of those that
    // ended by themselves. An estimate: nobody knows how long they would have gone on.
    int tokensSaved = 0;

    // Votes that were cast, and those for the winner.
    int votes() const;
    int winningVotes() const;
};

} // namespace lemma::engine
