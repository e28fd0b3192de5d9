#include "engine/runtime/loop_detector.h"

#include <algorithm>

namespace lemma::engine {
namespace {

constexpr std::size_t phraseTokens = 5;
constexpr std::size_t phraseSlots = 8192;

// One changed token makes five phrases new. So much of a run may be new, beside one change to begin with.
constexpr double newShare = 0.34;
constexpr int firstMisses = 10;

} // namespace

LoopDetector::LoopDetector(LoopDetectorOptions options) : m_options(options) { reset(); }

void LoopDetector::reset()
{
    const auto size = static_cast<std::size_t>(m_options.longestPeriod);
    m_recent.assign(size, -1);
    m_matches.assign(size + 1, 0);
    m_lastSeen.assign(phraseSlots, 0);
    m_count = 0;
    m_period = 0;
    m_repeated = 0;
    m_nearRun = 0;
    m_nearMisses = 0;
    m_nearPeriod = 0;
}

bool LoopDetector::push(TokenId token)
{
    const bool exact = pushExact(token);
    m_recent[m_count % m_recent.size()] = token;
    ++m_count;
    return pushNear() || exact;
}

bool LoopDetector::pushExact(TokenId token)
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
            m_repeated = run;
            found = true;
        }
    }
    return found;
}

std::size_t LoopDetector::phraseSlot() const
{
    std::uint64_t hash = 0xCBF29CE484222325u; // FNV-1a over token ids
    for (std::size_t i = m_count - phraseTokens; i < m_count; ++i)
        hash = (hash ^ static_cast<std::uint32_t>(m_recent[i % m_recent.size()])) * 0x100000001B3u;
    return (hash ^ (hash >> 29)) % phraseSlots;
}

bool LoopDetector::pushNear()
{
    if (m_count < phraseTokens || m_recent.size() < phraseTokens)
        return false;
    std::size_t& seen = m_lastSeen[phraseSlot()];
    const auto distance = static_cast<double>(m_count - seen);
    const bool known = seen != 0 && distance <= m_options.longestPeriod;
    // A phrase that comes back at quite another distance belongs to another rhythm.
    const bool repeats =
        known && (m_nearPeriod == 0 || (distance < 1.5 * m_nearPeriod && 1.5 * distance > m_nearPeriod));
    seen = m_count;
    if (!repeats && m_nearRun == 0)
        return false;
    ++m_nearRun;
    if (repeats)
        m_nearPeriod = m_nearPeriod == 0 ? distance : m_nearPeriod + (distance - m_nearPeriod) / 32;
    else
        ++m_nearMisses;
    if (m_nearMisses > firstMisses + static_cast<int>(newShare * m_nearRun)) {
        m_nearRun = 0;
        m_nearMisses = 0;
        m_nearPeriod = 0;
        return false;
    }
    const int run = m_nearRun + static_cast<int>(m_nearPeriod);
    if (run < m_options.shortestNearRun || run < m_options.nearPeriods * m_nearPeriod)
        return false;
    if (m_nearMisses > static_cast<int>(newShare * m_nearRun))
        return false;
    m_period = static_cast<int>(m_nearPeriod);
    m_repeated = run;
    return true;
}

} // namespace lemma::engine
