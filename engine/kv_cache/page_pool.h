#pragma once
// Pages with reference counts; what KvCache and its sequences share.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/kv_cache/kv_cache.h"

namespace lemma::engine {

class PagePool {
public:
    PagePool(const KvLayout& layout, std::int64_t maxPages) : m_layout(layout), m_maxPages(maxPages) {}
    PagePool(const PagePool&) = delete;
    PagePool& operator=(const PagePool&) = delete;
    ~PagePool();

    const KvLayout& layout() const { return m_layout; }
    std::int64_t maxPages() const { return m_maxPages; }
    std::int64_t usedPages() const { return static_cast<std::int64_t>(m_references.size()); }

    // With one reference; contents undefined. OutOfMemory, and nothing changed, where there is no room or no memory.
    Result<std::byte*> acquire();
    void share(std::byte* page) { ++m_references.at(page); }
    bool isShared(std::byte* page) const { return m_references.at(page) > 1; }
    void release(std::byte* page);

private:
    Result<void> addFreePage();

    KvLayout m_layout;
    std::int64_t m_maxPages;
    std::unordered_map<std::byte*, int> m_references;
    std::vector<std::byte*> m_free; // kept for the next acquire()
};

} // namespace lemma::engine
