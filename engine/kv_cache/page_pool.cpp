#include "engine/kv_cache/page_pool.h"

#include <new>

#include <fmt/format.h>

namespace lemma::engine {
namespace {

constexpr std::align_val_t cacheLine{64};

} // namespace

PagePool::~PagePool()
{
    // Sequences hold the pool, so no page is in use any more.
    for (std::byte* page : m_free)
        ::operator delete(page, cacheLine);
}

Result<std::byte*> PagePool::acquire()
{
    try {
        if (usedPages() >= m_maxPages)
            return fail(ErrorCode::OutOfMemory,
                        fmt::format("the KV cache is full: all {} pages of {} tokens ({} MiB) are in use", m_maxPages,
                                    m_layout.pageTokens,
                                    static_cast<std::size_t>(m_maxPages) * m_layout.pageBytes() / (1024 * 1024)));
        if (m_free.empty())
            LEMMA_CHECK(addFreePage());
        std::byte* page = m_free.back();
        m_references.emplace(page, 1); // what throws comes before the page leaves the free ones
        m_free.pop_back();
        return page;
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "out of memory"); // so short that it needs none
    }
}

Result<void> PagePool::addFreePage()
{
    m_free.reserve(static_cast<std::size_t>(usedPages()) + 1); // for all pages at once: release() cannot fail
    auto* page = static_cast<std::byte*>(::operator new(m_layout.pageBytes(), cacheLine, std::nothrow));
    if (!page)
        return fail(ErrorCode::OutOfMemory, fmt::format("no memory for page {} of the KV cache ({} bytes)",
                                                        usedPages() + 1, m_layout.pageBytes()));
    m_free.push_back(page);
    return {};
}

void PagePool::release(std::byte* page)
{
    const auto found = m_references.find(page);
    if (--found->second > 0)
        return;
    m_references.erase(found);
    m_free.push_back(page);
}

} // namespace lemma::engine
