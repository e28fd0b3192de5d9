#include "engine/grammar/grammar_matcher.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace lemma::engine {
namespace {

constexpr std::size_t mostWays = 4096; // in one state: unambiguous grammars have some tens
constexpr std::size_t manySets = 8192; // 8 MB of successors
constexpr int outermost = -1;

std::uint64_t combined(int a, int b)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(a)) << 32) | static_cast<std::uint32_t>(b);
}

} // namespace

GrammarMatcher::GrammarMatcher(std::shared_ptr<const Grammar> grammar) : m_grammar(std::move(grammar))
{
    m_waiting.push_back({m_grammar->start(), outermost});
    m_start = number(follow());
}

GrammarMatcher::State GrammarMatcher::advance(State state, std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size() && state != dead; ++i)
        state = next(state, static_cast<std::uint8_t>(bytes[i]));
    return state;
}

// All bytes that the same edges take have the same successor: it is found once for the range of them around `byte`. A
// string of limited length has a state for each place in it, but only some ten such ranges in each.
GrammarMatcher::State GrammarMatcher::findNext(State state, std::uint8_t byte)
{
    m_waiting.clear();
    int first = 0;
    int last = 255;
    for (const Way& way : m_sets[static_cast<std::size_t>(state)].ways) {
        for (const Grammar::ByteEdge& edge : m_grammar->state(way.state).bytes) {
            if (edge.last < byte) {
                first = std::max(first, edge.last + 1);
            } else if (edge.first > byte) {
                last = std::min(last, edge.first - 1);
            } else {
                first = std::max<int>(first, edge.first);
                last = std::min<int>(last, edge.last);
                m_waiting.push_back({edge.target, way.frame});
            }
        }
    }
    const State found = m_waiting.empty() ? dead : number(follow());
    auto& successors = m_successors[static_cast<std::size_t>(state)];
    std::fill(successors.begin() + first, successors.begin() + last + 1, found);
    return found;
}

GrammarMatcher::Set GrammarMatcher::follow()
{
    Set set;
    std::unordered_set<std::uint64_t> seen;
    while (!m_waiting.empty()) {
        const Way way = m_waiting.back();
        m_waiting.pop_back();
        if (!seen.insert(combined(way.state, way.frame)).second)
            continue;
        if (seen.size() > mostWays) {
            m_failed = true;
            m_waiting.clear();
            return {};
        }
        const Grammar::State& state = m_grammar->state(way.state);
        if (!state.bytes.empty())
            set.ways.push_back(way);
        for (const int target : state.empties)
            m_waiting.push_back({target, way.frame});
        for (const Grammar::Call& call : state.calls) {
            // A rule that ends with a call needs no frame of its own: lists of any length stay flat.
            const bool isLast = m_grammar->state(call.target).onlyEnds();
            m_waiting.push_back({call.start, isLast ? way.frame : frameFor(call.target, way.frame)});
        }
        if (state.isFinal && way.frame == outermost)
            set.mayEnd = true;
        else if (state.isFinal)
            m_waiting.push_back({m_frames[static_cast<std::size_t>(way.frame)].target,
                                 m_frames[static_cast<std::size_t>(way.frame)].parent});
    }
    std::ranges::sort(set.ways);
    return set;
}

int GrammarMatcher::frameFor(int target, int parent)
{
    const auto [entry, isNew] = m_frameNumbers.try_emplace(combined(target, parent), static_cast<int>(m_frames.size()));
    if (isNew)
        m_frames.push_back({target, parent});
    return entry->second;
}

GrammarMatcher::State GrammarMatcher::number(Set set)
{
    if (set.ways.empty() && !set.mayEnd)
        return dead;
    std::size_t hash = set.mayEnd ? 1 : 0;
    for (const Way& way : set.ways)
        hash = (hash ^ combined(way.state, way.frame)) * 0x9E3779B97F4A7C15u;
    const auto [begin, end] = m_setNumbers.equal_range(hash);
    for (auto it = begin; it != end; ++it) {
        const Set& known = m_sets[static_cast<std::size_t>(it->second)];
        if (known.mayEnd == set.mayEnd && known.ways == set.ways)
            return it->second;
    }
    const auto made = static_cast<State>(m_sets.size());
    m_sets.push_back(std::move(set));
    m_successors.emplace_back().fill(unknown);
    m_setNumbers.emplace(hash, made);
    return made;
}

bool GrammarMatcher::isLarge() const { return m_sets.size() > manySets; }

GrammarMatcher::State GrammarMatcher::compact(State kept)
{
    const std::vector<Frame> oldFrames = std::exchange(m_frames, {});
    Set start = m_sets[static_cast<std::size_t>(m_start)];
    Set set = m_sets[static_cast<std::size_t>(kept)];
    m_frameNumbers.clear();
    m_sets.clear();
    m_successors.clear();
    m_setNumbers.clear();
    for (Set* each : {&start, &set}) {
        for (Way& way : each->ways)
            way.frame = keepFrame(way.frame, oldFrames);
        std::ranges::sort(each->ways);
    }
    m_start = number(std::move(start));
    return number(std::move(set));
}

int GrammarMatcher::keepFrame(int frame, const std::vector<Frame>& old)
{
    std::vector<int> targets; // from the innermost outwards
    for (; frame != outermost; frame = old[static_cast<std::size_t>(frame)].parent)
        targets.push_back(old[static_cast<std::size_t>(frame)].target);
    int kept = outermost;
    while (!targets.empty()) {
        kept = frameFor(targets.back(), kept);
        targets.pop_back();
    }
    return kept;
}

} // namespace lemma::engine
