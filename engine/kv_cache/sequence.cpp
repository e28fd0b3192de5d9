#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "engine/kv_cache/kv_cache.h"
#include "engine/kv_cache/page_pool.h"

namespace lemma::engine {

Sequence::Sequence(std::shared_ptr<PagePool> pool) : m_pool(std::move(pool)) {}
Sequence::Sequence(Sequence&&) noexcept = default;

Sequence& Sequence::operator=(Sequence&& other) noexcept
{
    std::swap(m_pool, other.m_pool);
    std::swap(m_pages, other.m_pages);
    std::swap(m_tokens, other.m_tokens);
    return *this;
}

Sequence::~Sequence() { releasePages(0); }

void Sequence::releasePages(std::size_t from)
{
    for (std::size_t i = from; i < m_pages.size(); ++i)
        m_pool->release(m_pages[i]);
    m_pages.resize(std::min(from, m_pages.size()));
}

const KvLayout& Sequence::layout() const { return m_pool->layout(); }

Result<Sequence> Sequence::fork() const
{
    Sequence copy(m_pool);
    const auto pageTokens = static_cast<std::size_t>(layout().pageTokens);
    const std::size_t used = (m_tokens.size() + pageTokens - 1) / pageTokens; // not those that are only reserved
    try {
        copy.m_tokens = m_tokens;
        copy.m_pages.reserve(used);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "out of memory");
    }
    for (std::size_t i = 0; i < used; ++i) {
        m_pool->share(m_pages[i]);
        copy.m_pages.push_back(m_pages[i]);
    }
    return copy;
}

void Sequence::rewind(int position)
{
    const int kept = std::clamp(position, 0, length());
    m_tokens.resize(static_cast<std::size_t>(kept));
    const int pageTokens = layout().pageTokens;
    releasePages(static_cast<std::size_t>((kept + pageTokens - 1) / pageTokens));
}

Result<void> Sequence::reserve(int count)
{
    const int pageTokens = layout().pageTokens;
    const std::size_t before = m_pages.size();
    const auto needed = static_cast<std::size_t>((std::int64_t{length()} + count + pageTokens - 1) / pageTokens);
    try {
        m_pages.reserve(needed); // a page that was acquired always finds its place
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "out of memory");
    }
    while (m_pages.size() < needed) {
        auto page = m_pool->acquire();
        if (!page) {
            releasePages(before);
            return fail(std::move(page).error());
        }
        m_pages.push_back(*page);
    }
    // Only the page that holds the end of the present content can be shared among those about to be written.
    const auto written = static_cast<std::size_t>(length() / pageTokens);
    if (count > 0 && written < before && m_pool->isShared(m_pages[written])) {
        auto own = m_pool->acquire();
        if (!own) {
            releasePages(before);
            return fail(std::move(own).error());
        }
        std::memcpy(*own, m_pages[written], layout().pageBytes());
        m_pool->release(m_pages[written]);
        m_pages[written] = *own;
    }
    return {};
}

void Sequence::append(std::span<const TokenId> tokens)
{
    m_tokens.insert(m_tokens.end(), tokens.begin(), tokens.end());
}

} // namespace lemma::engine
