#pragma once
// Byte-pair encoding of one piece of text: begin with one token per byte, then join the neighbours whose merge has the
// lowest rank (the leftmost among equals) until no merge applies. Time is O(n log n) for any piece.
//
//     BpeMerger merger(byteTokens, merges.size());
//     merger.add(left, right, merged, rank);   // once for each merge
//     merger.encode("hello", ids);             // appends
//
// encode() may be called from several threads once all merges are added. Algorithm: Sennrich, Haddow and Birch, "Neural
// machine translation of rare words with subword units", 2016.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lemma::engine {

class BpeMerger {
public:
    using Token = std::int32_t;

    // byteTokens: the token of each single byte; -1 where the vocabulary has none (such bytes are left out).
    BpeMerger(const std::array<Token, 256>& byteTokens, std::size_t mergeCount);

    // Ranks are unique and not negative, tokens too; of two merges of the same pair the first one added stays.
    void add(Token left, Token right, Token merged, std::int32_t rank);

    void encode(std::string_view piece, std::vector<Token>& out) const;

private:
    static constexpr std::int32_t noMerge = INT32_MAX;

    struct Merge {
        std::uint64_t pair = emptySlot;
        std::int32_t rank = noMerge;
        Token merged = -1;
    };
    static constexpr std::uint64_t emptySlot = ~std::uint64_t{0};

    const Merge& find(Token left, Token right) const;
    std::size_t slotOf(std::uint64_t pair) const;
    void encodeShort(std::string_view piece, std::vector<Token>& out) const;
    void encodeLong(std::string_view piece, std::vector<Token>& out) const;

    std::array<Token, 256> m_byteTokens;
    std::vector<Merge> m_table; // open addressing, a power of two, at most half full
    std::size_t m_mask = 0;
};

} // namespace lemma::engine
