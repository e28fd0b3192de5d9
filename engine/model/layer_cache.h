#pragma once
// One layer of one sequence's pages, as the attention kernels want to see it. Used by transformer*.cpp.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/kv_cache/kv_cache.h"
#include "kernels/reference/attention.h"

namespace lemma::engine {

class LayerCache {
public:
    // The first `positions` positions of the sequence, whose pages are there.
    LayerCache(const Sequence& sequence, int layer, std::int64_t positions);

    std::byte* key(std::int64_t position, int head) const;   // [keyLength]
    std::byte* value(std::int64_t position, int head) const; // [valueLength]

    kernels::KvPages pages() const; // points into this object

private:
    std::byte* row(const std::vector<std::byte*>& pages, std::int64_t position, int head, int length) const;

    const KvLayout& m_layout;
    std::vector<std::byte*> m_keys; // of each page
    std::vector<std::byte*> m_values;
};

} // namespace lemma::engine
