#pragma once
// A grammar as it was written: the rules as trees. Made by gbnf_parser.h, compiled by compile_grammar.h.

#include <memory>
#include <string>
#include <vector>

#include "engine/grammar/code_point_set.h"

namespace lemma::engine {

struct TextPosition {
    int line = 1;
    int column = 1; // in characters
};

struct GrammarNode {
    enum class Kind : std::uint8_t {
        Text,       // these bytes
        Characters, // one character of the set
        Sequence,   // all children, one after the other; none: the empty text
        Choice,     // one of the children
        Repeat,     // the only child, between `least` and `most` times
        Rule,       // what the rule of this number matches
    };
    static constexpr int unlimited = -1;

    Kind kind = Kind::Sequence;
    std::string text;
    CodePointSet characters;
    std::vector<GrammarNode> children;
    int least = 0;
    int most = unlimited;
    int rule = -1;
};

struct GrammarRule {
    std::string name;
    GrammarNode body;
    TextPosition place; // of the definition, or of the first mention while there is none
    bool defined = false;
};

struct GrammarTree {
    std::vector<GrammarRule> rules;
    int root = 0;
};

} // namespace lemma::engine
