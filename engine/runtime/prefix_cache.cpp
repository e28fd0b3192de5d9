#include "engine/runtime/prefix_cache.h"

#include <algorithm>

namespace lemma::engine {
namespace {

// More than the branches and sessions that a person has open at once, with the chains of a vote; pages run out long
// before with large models.
constexpr std::size_t mostSequences = 64;

int commonPrefix(std::span<const TokenId> a, std::span<const TokenId> b)
{
    const auto [end, unused] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return static_cast<int>(end - a.begin());
}

} // namespace

PrefixCache::PrefixCache(std::unique_ptr<KvCache> cache) : m_cache(std::move(cache)) {}

Result<Sequence> PrefixCache::take(std::span<const TokenId> prompt)
{
    auto best = m_sequences.end();
    int longest = 0;
    for (auto it = m_sequences.begin(); it != m_sequences.end(); ++it) {
        const int common = commonPrefix(it->tokens(), prompt);
        if (common > longest) {
            longest = common;
            best = it;
        }
    }
    if (best == m_sequences.end())
        return m_cache->newSequence();

    const int wanted = std::min(longest, static_cast<int>(prompt.size()) - 1);
    if (wanted == best->length()) {
        Sequence sequence = std::move(*best);
        m_sequences.erase(best);
        return sequence;
    }
    // The rest of the kept sequence may be wanted again (another branch), so it stays and its pages are shared.
    LEMMA_TRY(Sequence branch, best->fork());
    branch.rewind(wanted);
    m_sequences.splice(m_sequences.begin(), m_sequences, best);
    return branch;
}

void PrefixCache::keep(Sequence sequence)
{
    m_sequences.push_front(std::move(sequence));
    if (m_sequences.size() > mostSequences)
        m_sequences.pop_back();
}

bool PrefixCache::evictOldest()
{
    if (m_sequences.empty())
        return false;
    m_sequences.pop_back();
    return true;
}

} // namespace lemma::engine
