#pragma once
// What an answer may look like: a context-free grammar over bytes, ready to be matched.
//
//     LEMMA_TRY(const Grammar grammar, Grammar::fromGbnf("root ::= \"yes\" | \"no\""));
//     LEMMA_TRY(const Grammar object, Grammar::fromJsonSchema(R"({"type": "integer"})"));
//
// Notations: gbnf_parser.h, json_schema.h. InvalidArgument says what is wrong in the text (with line and column), also
// where a rule begins with itself (left recursion) or where nothing can ever match; Unsupported names a keyword of JSON
// Schema that cannot be honoured. Matched by grammar_matcher.h. Immutable, so it may be shared by threads.
//
// Inside it is a recursive transition network: each rule is a small automaton whose edges read a byte, read nothing, or
// call a rule. What can lead to no end has been taken out: a matcher that goes on can always finish.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lemma::engine {

class Grammar {
public:
    static Result<Grammar> fromGbnf(std::string_view text);
    static Result<Grammar> fromJsonSchema(std::string_view text);

    struct ByteEdge {
        std::uint8_t first = 0;
        std::uint8_t last = 0;
        int target = 0;
    };
    struct Call {
        int start = 0;  // of the called rule
        int target = 0; // where to go on after it
    };
    struct State {
        std::vector<ByteEdge> bytes;
        std::vector<int> empties; // reached without reading
        std::vector<Call> calls;
        bool isFinal = false; // the rule may end here

        bool onlyEnds() const { return isFinal && bytes.empty() && empties.empty() && calls.empty(); }
    };

    const State& state(int number) const { return m_states[static_cast<std::size_t>(number)]; }
    int stateCount() const { return static_cast<int>(m_states.size()); }
    int start() const { return m_start; }

private:
    friend class GrammarCompiler;
    std::vector<State> m_states;
    int m_start = 0;
};

} // namespace lemma::engine
