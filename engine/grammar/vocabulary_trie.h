#pragma once
// The tokens of a vocabulary as a tree of their bytes, so that all tokens that a grammar allows are found in one walk
// that leaves out whole branches.
//
// Only tokens that are text are in it: no control tokens, and none without bytes. Immutable after construction.

#include <cstdint>
#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace lemma::engine {

class VocabularyTrie {
public:
    explicit VocabularyTrie(const Tokenizer& tokenizer);

    // In the order of a walk: the children of node i begin at i + 1, its branch ends before `branchEnd`.
    struct Node {
        std::uint8_t byte = 0;
        std::uint16_t depth = 0; // of the byte in its tokens, from 0
        std::uint32_t branchEnd = 0;
        std::uint32_t firstToken = 0; // of tokens(): those that end here
        std::uint32_t endToken = 0;
    };
    const std::vector<Node>& nodes() const { return m_nodes; }
    const std::vector<TokenId>& tokens() const { return m_tokens; }       // in the order of their bytes
    const std::vector<TokenId>& endTokens() const { return m_endTokens; } // that end an answer
    std::size_t vocabularySize() const { return m_vocabularySize; }
    std::size_t longestToken() const { return m_longest; } // in bytes

private:
    std::vector<Node> m_nodes;
    std::vector<TokenId> m_tokens;
    std::vector<TokenId> m_endTokens;
    std::size_t m_vocabularySize = 0;
    std::size_t m_longest = 0;
};

} // namespace lemma::engine
