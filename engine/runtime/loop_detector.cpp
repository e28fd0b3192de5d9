#include "engine/runtime/loop_detector.h"

#include <algorithm>

namespace lemma::engine {

LoopDetector::LoopDetector(LoopDetectorOptions options) : m_options(options) { reset(); }

void LoopDetector::reset()
{
    const auto size = static_cast<std::size_t>(m_options.longestPeriod);
    m_recent.assign(size, -1);
    m_matches.assign(size + 1, 0);
    m_count = 0;
    m_period = 0;
}

bool LoopDetector::push(TokenId token)
{
    const std::size_t capacity = m_recent.size();
    const std::size_t longest = std::min(capacity, m_count);
    bool found = false;
    for (std::size_t period = 1; period <= longest; ++period) {
        int& matches = m_matches[period];
        matches = m_recent[(m_count - period) % capacity] == token ? matches + 1 : 0;
        // `matches` equal tokens after the first period make matches + period tokens of periodic text.
        const int run = matches + static_cast<int>(period);
        if (!found && run >= m_options.fullPeriods * static_cast<int>(period) && run >= m_options.shortestRun) {
            m_period = static_cast<int>(period);
            found = true;
        }
    }
    m_recent[m_count % capacity] = token;
    ++m_count;
    return found;
}

} // namespace lemma::engine
