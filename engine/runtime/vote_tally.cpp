#include "engine/runtime/vote_tally.h"

#include <algorithm>
#include <utility>

namespace lemma::engine {
namespace {

int lowestChain(const VoteGroup& group) { return *std::ranges::min_element(group.chains); }

bool ranksBefore(const VoteGroup& a, const VoteGroup& b)
{
    if (a.chains.size() != b.chains.size())
        return a.chains.size() > b.chains.size();
    return lowestChain(a) < lowestChain(b);
}

} // namespace

VoteTally::VoteTally(int chains, std::function<bool(const std::string&, const std::string&)> sameAnswer)
    : m_outstanding(chains), m_sameAnswer(std::move(sameAnswer))
{
}

int VoteTally::vote(int chain, const std::string& ballot)
{
    --m_outstanding;
    const auto group = std::ranges::find_if(
        m_groups, [&](const VoteGroup& candidate) { return m_sameAnswer(candidate.answer, ballot); });
    const auto index = static_cast<int>(group - m_groups.begin());
    if (group == m_groups.end())
        m_groups.push_back({ballot, {chain}});
    else
        group->chains.push_back(chain);
    return index;
}

void VoteTally::abstain(int) { --m_outstanding; }

bool VoteTally::decided() const
{
    if (m_outstanding == 0)
        return true;
    std::size_t most = 0;
    std::size_t second = 0; // also of an answer that nobody has given yet
    for (const VoteGroup& group : m_groups) {
        second = std::max(second, std::min(most, group.chains.size()));
        most = std::max(most, group.chains.size());
    }
    return most > second + static_cast<std::size_t>(m_outstanding);
}

std::vector<VoteGroup> VoteTally::ranking() const
{
    std::vector<VoteGroup> sorted = m_groups;
    std::ranges::sort(sorted, ranksBefore);
    return sorted;
}

} // namespace lemma::engine
