#pragma once
// The sequences of past answers, kept so that the next prompt need not be read from its beginning: the turns of one
// conversation share nearly everything, branches and sessions at least the template's first words.
//
//     Sequence sequence = prefixes.take(prompt);        // knows the first sequence.length() tokens of the prompt
//     ... forward() of the rest, decode ...
//     prefixes.keep(std::move(sequence));
//
// Owned by the engine thread, like the cache below it.

#include <list>
#include <memory>
#include <span>

#include "engine/kv_cache/kv_cache.h"

namespace lemma::engine {

class PrefixCache {
public:
    explicit PrefixCache(std::unique_ptr<KvCache> cache);

    // A sequence holding the longest known beginning of the prompt, but never all of it: at least one token is left to
    // compute, because its logits are what the caller wants.
    Result<Sequence> take(std::span<const TokenId> prompt);

    void keep(Sequence sequence);

    // The one that was kept last; none where there is none.
    const Sequence* newest() const { return m_sequences.empty() ? nullptr : &m_sequences.front(); }

    // Gives up the sequence that was used longest ago; false when none is left.
    bool evictOldest();

    const KvCache& cache() const { return *m_cache; }
    KvCache& cache() { return *m_cache; }
    std::size_t size() const { return m_sequences.size(); }

private:
    std::unique_ptr<KvCache> m_cache;
    std::list<Sequence> m_sequences; // most recently used first
};

} // namespace lemma::engine
