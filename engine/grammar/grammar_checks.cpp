// What a grammar must not be: one that begins with itself, or one that never ends.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "engine/grammar/gbnf_cursor.h"
#include "engine/grammar/grammar_compiler.h"

namespace lemma::engine {

// Backwards from the final states. A call ends when both the called rule and what follows it do, so it is looked at
// when either is found.
std::vector<bool> GrammarCompiler::statesThatEnd(bool byReading) const
{
    const auto& states = m_grammar.m_states;
    std::vector<std::vector<int>> before(states.size());
    for (std::size_t i = 0; i < states.size(); ++i) {
        const int from = static_cast<int>(i);
        for (const int target : states[i].empties)
            before[static_cast<std::size_t>(target)].push_back(from);
        for (const Grammar::ByteEdge& edge : states[i].bytes)
            if (byReading)
                before[static_cast<std::size_t>(edge.target)].push_back(from);
        for (const Grammar::Call& call : states[i].calls) {
            before[static_cast<std::size_t>(call.start)].push_back(from);
            before[static_cast<std::size_t>(call.target)].push_back(from);
        }
    }
    std::vector<bool> ends(states.size());
    std::vector<int> found;
    const auto mark = [&](int number) {
        if (!ends[static_cast<std::size_t>(number)])
            found.push_back(number);
        ends[static_cast<std::size_t>(number)] = true;
    };
    const auto isSet = [&](int number) { return ends[static_cast<std::size_t>(number)]; };
    for (std::size_t i = 0; i < states.size(); ++i)
        if (states[i].isFinal)
            mark(static_cast<int>(i));
    while (!found.empty()) {
        const int reached = found.back();
        found.pop_back();
        for (const int from : before[static_cast<std::size_t>(reached)]) {
            const Grammar::State& state = states[static_cast<std::size_t>(from)];
            const bool byEmpty = std::ranges::any_of(state.empties, isSet);
            const bool byByte = byReading && std::ranges::any_of(state.bytes, [&](const Grammar::ByteEdge& edge) {
                                    return isSet(edge.target);
                                });
            const bool byCall = std::ranges::any_of(
                state.calls, [&](const Grammar::Call& call) { return isSet(call.start) && isSet(call.target); });
            if (byEmpty || byByte || byCall)
                mark(from);
        }
    }
    return ends;
}

std::vector<int> GrammarCompiler::leftCalls(int rule, const std::vector<bool>& endsWithoutReading) const
{
    std::vector<int> called;
    std::vector<int> waiting{m_starts[static_cast<std::size_t>(rule)]};
    std::unordered_set<int> seen(waiting.begin(), waiting.end());
    const auto visit = [&](int number) {
        if (seen.insert(number).second)
            waiting.push_back(number);
    };
    while (!waiting.empty()) {
        const Grammar::State& state = m_grammar.state(waiting.back());
        waiting.pop_back();
        for (const int target : state.empties)
            visit(target);
        for (const Grammar::Call& call : state.calls) {
            called.push_back(ruleOf(call.start));
            if (endsWithoutReading[static_cast<std::size_t>(call.start)])
                visit(call.target);
        }
    }
    return called;
}

Result<void> GrammarCompiler::refuseLeftRecursion() const
{
    const std::vector<bool> endsWithoutReading = statesThatEnd(false);
    enum class Mark : std::uint8_t { New, Open, Done };
    std::vector<Mark> marks(m_tree.rules.size(), Mark::New);
    struct Visit {
        int rule;
        std::vector<int> calls;
        std::size_t next = 0;
    };
    // Depth first with a stack of our own: a chain of rules may be as long as the file.
    for (std::size_t first = 0; first < marks.size(); ++first) {
        if (marks[first] != Mark::New)
            continue;
        std::vector<Visit> path;
        path.push_back({static_cast<int>(first), leftCalls(static_cast<int>(first), endsWithoutReading)});
        marks[first] = Mark::Open;
        while (!path.empty()) {
            Visit& visit = path.back();
            if (visit.next == visit.calls.size()) {
                marks[static_cast<std::size_t>(visit.rule)] = Mark::Done;
                path.pop_back();
                continue;
            }
            const int called = visit.calls[visit.next++];
            Mark& mark = marks[static_cast<std::size_t>(called)];
            if (mark == Mark::Open) {
                const GrammarRule& rule = m_tree.rules[static_cast<std::size_t>(called)];
                return GbnfCursor::error(
                    fmt::format("the rule '{}' can begin with itself (left recursion): write it as a repetition",
                                rule.name),
                    rule.place);
            }
            if (mark == Mark::New) {
                mark = Mark::Open;
                path.push_back({called, leftCalls(called, endsWithoutReading)});
            }
        }
    }
    return {};
}

Result<void> GrammarCompiler::dropDeadEnds()
{
    const std::vector<bool> ends = statesThatEnd(true);
    const auto isDead = [&](int number) { return !ends[static_cast<std::size_t>(number)]; };
    if (isDead(m_grammar.m_start)) {
        const GrammarRule& root = m_tree.rules[static_cast<std::size_t>(m_tree.root)];
        return GbnfCursor::error("no text matches the rule 'root': it never ends", root.place);
    }
    for (Grammar::State& state : m_grammar.m_states) {
        std::erase_if(state.empties, isDead);
        std::erase_if(state.bytes, [&](const Grammar::ByteEdge& edge) { return isDead(edge.target); });
        std::erase_if(state.calls,
                      [&](const Grammar::Call& call) { return isDead(call.start) || isDead(call.target); });
    }
    return {};
}

// A call goes on where the empty edges behind it lead, so that a call at the end of a rule is seen to be one
// (grammar_matcher.cpp). They cannot lead in a circle: that would be a dead end.
void GrammarCompiler::shortenCalls()
{
    const auto onlyPasses = [](const Grammar::State& state) {
        return !state.isFinal && state.bytes.empty() && state.calls.empty() && state.empties.size() == 1;
    };
    for (Grammar::State& state : m_grammar.m_states) {
        for (Grammar::Call& call : state.calls) {
            while (onlyPasses(m_grammar.state(call.target)))
                call.target = m_grammar.state(call.target).empties.front();
        }
    }
}

} // namespace lemma::engine
