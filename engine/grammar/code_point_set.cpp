#include "engine/grammar/code_point_set.h"

#include <algorithm>

namespace lemma::engine {
namespace {

constexpr char32_t lastCodePoint = 0x10FFFF;
constexpr char32_t firstSurrogate = 0xD800;
constexpr char32_t lastSurrogate = 0xDFFF;

} // namespace

CodePointSet CodePointSet::all()
{
    CodePointSet set;
    set.add(0, lastCodePoint);
    return set;
}

CodePointSet CodePointSet::of(std::vector<CodePointRange> ranges)
{
    std::ranges::sort(ranges);
    CodePointSet set;
    for (const CodePointRange& range : ranges)
        set.add(range.first, range.last);
    return set;
}

void CodePointSet::add(char32_t first, char32_t last)
{
    last = std::min(last, lastCodePoint);
    if (first < firstSurrogate)
        addRange(first, std::min<char32_t>(last, firstSurrogate - 1));
    if (last > lastSurrogate)
        addRange(std::max<char32_t>(first, lastSurrogate + 1), last);
}

void CodePointSet::add(const CodePointSet& other)
{
    for (const CodePointRange& range : other.m_ranges)
        add(range.first, range.last);
}

// Swallows every range that the new one touches.
void CodePointSet::addRange(char32_t first, char32_t last)
{
    if (last < first)
        return;
    const auto begin = std::partition_point(m_ranges.begin(), m_ranges.end(),
                                            [&](const CodePointRange& range) { return range.last + 1 < first; });
    auto end = begin;
    for (; end != m_ranges.end() && end->first <= last + 1; ++end) {
        first = std::min(first, end->first);
        last = std::max(last, end->last);
    }
    m_ranges.insert(m_ranges.erase(begin, end), {first, last});
}

CodePointSet CodePointSet::complement() const
{
    CodePointSet result;
    char32_t next = 0;
    for (const CodePointRange& range : m_ranges) {
        if (range.first > next)
            result.add(next, range.first - 1);
        next = range.last + 1;
    }
    result.add(next, lastCodePoint);
    return result;
}

CodePointSet CodePointSet::without(const CodePointSet& other) const
{
    CodePointSet rest = complement();
    rest.add(other);
    return rest.complement();
}

bool CodePointSet::contains(char32_t codePoint) const
{
    const auto range = std::ranges::partition_point(
        m_ranges, [codePoint](const CodePointRange& candidate) { return candidate.last < codePoint; });
    return range != m_ranges.end() && range->first <= codePoint;
}

} // namespace lemma::engine
