#pragma once
// Makes the network of a Grammar from trees. Used by grammar.cpp.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/grammar/grammar.h"
#include "engine/grammar/grammar_tree.h"
#include "engine/grammar/utf8_ranges.h"

namespace lemma::engine {

class GrammarCompiler {
public:
    static Result<Grammar> compile(const GrammarTree& tree);

private:
    explicit GrammarCompiler(const GrammarTree& tree) : m_tree(tree) {}

    Result<void> addRules();
    Result<void> refuseLeftRecursion() const;
    Result<void> dropDeadEnds();
    void shortenCalls();

    // Each adds what leads from `from` to a state, which is returned.
    int add(const GrammarNode& node, int from);
    int addText(const std::string& text, int from);
    int addCharacters(const CodePointSet& set, int from);
    int addRepeat(const GrammarNode& node, int from);
    void addSequence(std::span<const ByteRange> sequence, int from, int to,
                     std::map<std::vector<ByteRange>, int>& tails);

    int newState();
    Grammar::State& state(int number) { return m_grammar.m_states[static_cast<std::size_t>(number)]; }
    // For each state whether its rule's end can be reached, with or without reading bytes.
    std::vector<bool> statesThatEnd(bool byReading) const;
    // Rules that a rule may call before it has read a byte.
    std::vector<int> leftCalls(int rule, const std::vector<bool>& endsWithoutReading) const;
    int ruleOf(int start) const;

    const GrammarTree& m_tree;
    Grammar m_grammar;
    std::vector<int> m_starts; // of each rule; in rising order
    bool m_tooLarge = false;
};

} // namespace lemma::engine
