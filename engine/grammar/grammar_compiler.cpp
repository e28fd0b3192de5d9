#include "engine/grammar/grammar_compiler.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/grammar/gbnf_cursor.h"

namespace lemma::engine {
namespace {

// About 100 MB of them. A schema of an ordinary program interface has some thousands.
constexpr int mostStates = 500'000;

} // namespace

Result<Grammar> GrammarCompiler::compile(const GrammarTree& tree)
{
    GrammarCompiler compiler(tree);
    LEMMA_CHECK(compiler.addRules());
    LEMMA_CHECK(compiler.refuseLeftRecursion());
    LEMMA_CHECK(compiler.dropDeadEnds());
    compiler.shortenCalls();
    return std::move(compiler.m_grammar);
}

Result<void> GrammarCompiler::addRules()
{
    for (std::size_t i = 0; i < m_tree.rules.size(); ++i)
        m_starts.push_back(newState()); // before the bodies: calls name the starts
    for (std::size_t i = 0; i < m_tree.rules.size(); ++i) {
        const int end = add(m_tree.rules[i].body, m_starts[i]);
        state(end).isFinal = true;
        if (m_tooLarge)
            return GbnfCursor::error(
                fmt::format("the grammar is too large: its repetitions make more than {} states", mostStates),
                m_tree.rules[i].place);
    }
    m_grammar.m_start = m_starts[static_cast<std::size_t>(m_tree.root)];
    return {};
}

int GrammarCompiler::newState()
{
    if (m_grammar.stateCount() >= mostStates) {
        m_tooLarge = true;
        return 0; // the grammar is thrown away
    }
    m_grammar.m_states.emplace_back();
    return m_grammar.stateCount() - 1;
}

int GrammarCompiler::add(const GrammarNode& node, int from)
{
    switch (node.kind) {
    case GrammarNode::Kind::Text: return addText(node.text, from);
    case GrammarNode::Kind::Characters: return addCharacters(node.characters, from);
    case GrammarNode::Kind::Repeat: return addRepeat(node, from);
    case GrammarNode::Kind::Sequence:
        for (const GrammarNode& child : node.children)
            from = add(child, from);
        return from;
    case GrammarNode::Kind::Choice: {
        const int to = newState();
        for (const GrammarNode& child : node.children) {
            const int end = add(child, from);
            state(end).empties.push_back(to);
        }
        return to;
    }
    case GrammarNode::Kind::Rule: {
        const int to = newState();
        state(from).calls.push_back({m_starts[static_cast<std::size_t>(node.rule)], to});
        return to;
    }
    }
    return from;
}

int GrammarCompiler::addText(const std::string& text, int from)
{
    for (const char c : text) {
        const int to = newState();
        const auto byte = static_cast<std::uint8_t>(c);
        state(from).bytes.push_back({byte, byte, to});
        from = to;
    }
    return from;
}

int GrammarCompiler::addCharacters(const CodePointSet& set, int from)
{
    const int to = newState();
    std::map<std::vector<ByteRange>, int> tails;
    for (const ByteSequence& sequence : utf8Sequences(set))
        addSequence(sequence, from, to, tails);
    return to;
}

// Sequences that end alike share the states of their ends.
void GrammarCompiler::addSequence(std::span<const ByteRange> sequence, int from, int to,
                                  std::map<std::vector<ByteRange>, int>& tails)
{
    const ByteRange first = sequence.front();
    const std::span<const ByteRange> rest = sequence.subspan(1);
    int target = to;
    if (!rest.empty()) {
        const std::vector<ByteRange> key(rest.begin(), rest.end());
        const auto known = tails.find(key);
        if (known != tails.end()) {
            target = known->second;
        } else {
            target = newState();
            tails.emplace(key, target);
            addSequence(rest, target, to, tails);
        }
    }
    state(from).bytes.push_back({first.first, first.last, target});
}

int GrammarCompiler::addRepeat(const GrammarNode& node, int from)
{
    const GrammarNode& child = node.children.front();
    // A state of its own in front: the loop of the child must not lead back into what was before it.
    const auto fresh = [this](int before) {
        const int made = newState();
        state(before).empties.push_back(made);
        return made;
    };
    for (int i = 0; i < node.least && !m_tooLarge; ++i)
        from = add(child, fresh(from));
    const int to = newState();
    if (node.most == GrammarNode::unlimited) {
        const int loop = fresh(from);
        const int end = add(child, loop);
        state(end).empties.push_back(loop);
        state(loop).empties.push_back(to);
        return to;
    }
    for (int i = node.least; i < node.most && !m_tooLarge; ++i) {
        state(from).empties.push_back(to);
        from = add(child, fresh(from));
    }
    state(from).empties.push_back(to);
    return to;
}

int GrammarCompiler::ruleOf(int start) const
{
    return static_cast<int>(std::ranges::lower_bound(m_starts, start) - m_starts.begin());
}

} // namespace lemma::engine
