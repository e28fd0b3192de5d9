#include "engine/runtime/consensus.h"

namespace lemma::engine {

int ConsensusResult::votes() const
{
    std::size_t count = 0;
    for (const VoteGroup& group : groups)
        count += group.chains.size();
    return static_cast<int>(count);
}

int ConsensusResult::winningVotes() const
{
    return groups.empty() ? 0 : static_cast<int>(groups.front().chains.size());
}

} // namespace lemma::engine
