#pragma once
// Counts the votes of chains, and knows when the rest cannot change the result any more.
//
//     VoteTally tally(8, sameAnswer);
//     tally.vote(3, "x = 5");          // chain 3 has answered
//     tally.abstain(5);                // chain 5 ended without an answer
//     if (tally.decided()) ...

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/runtime/consensus.h"

namespace lemma::engine {

class VoteTally {
public:
    VoteTally(int chains, std::function<bool(const std::string&, const std::string&)> sameAnswer);

    // Each chain does one of these once. vote() returns the number of its group, in the order of their first votes.
    int vote(int chain, const std::string& ballot);
    void abstain(int chain);

    // True when all have voted, or when the leader has more votes than any other answer could still reach. A tie goes
    // to the group with the lowest chain, but an answer that could tie is waited for: its chain is not known yet.
    bool decided() const;

    // Most votes first; of equals the one with the lowest chain.
    std::vector<VoteGroup> ranking() const;
    const std::vector<VoteGroup>& groups() const { return m_groups; } // in the order of their first votes

private:
    int m_outstanding;
    std::function<bool(const std::string&, const std::string&)> m_sameAnswer;
    std::vector<VoteGroup> m_groups;
};

} // namespace lemma::engine
