#pragma once
// Ranges of characters as what they are in UTF-8: sequences of ranges of bytes. So a grammar can be matched byte by
// byte, and a token that ends within a character is nothing special. Used by compile_grammar.cpp.

#include <cstdint>
#include <vector>

#include "engine/grammar/code_point_set.h"

namespace lemma::engine {

struct ByteRange {
    std::uint8_t first = 0;
    std::uint8_t last = 0;
    friend auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

// One sequence matches the characters whose bytes lie in its ranges, each in its own.
using ByteSequence = std::vector<ByteRange>;

std::vector<ByteSequence> utf8Sequences(const CodePointSet& set);

} // namespace lemma::engine
