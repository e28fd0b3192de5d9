#include "engine/runtime/loop_guard.h"

#include <algorithm>

namespace lemma::engine {

LoopGuard::LoopGuard(LoopDetectorOptions options) : m_loops(options), m_structured(longestExempt, false) {}

bool LoopGuard::push(TokenId token, std::string_view bytes)
{
    const bool before = m_text.isInside();
    m_text.add(bytes);
    m_structured[m_count % m_structured.size()] = before || m_text.isInside();
    ++m_count;
    if (!m_loops.push(token))
        return false;
    const std::size_t run = static_cast<std::size_t>(m_loops.repeated());
    if (run >= m_structured.size())
        return true;
    std::size_t structured = 0;
    for (std::size_t i = m_count - std::min(run, m_count); i < m_count; ++i)
        structured += m_structured[i % m_structured.size()] ? 1 : 0;
    return structured * 2 <= run;
}

void LoopGuard::reset()
{
    m_loops.reset();
    m_text = {};
    m_count = 0;
}

} // namespace lemma::engine
