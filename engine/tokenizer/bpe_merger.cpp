#include "engine/tokenizer/bpe_merger.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <queue>

namespace lemma::engine {
namespace {

// Pieces up to this length are merged by scanning for the lowest rank: quadratic, but without any bookkeeping.
constexpr std::size_t shortPiece = 48;

std::uint64_t pairKey(std::int32_t left, std::int32_t right)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32) | static_cast<std::uint32_t>(right);
}

// A candidate merge, ordered by rank and then from left to right.
std::uint64_t candidate(std::int32_t rank, std::uint32_t position)
{
    return (static_cast<std::uint64_t>(rank) << 32) | position;
}

} // namespace

BpeMerger::BpeMerger(const std::array<Token, 256>& byteTokens, std::size_t mergeCount)
    : m_byteTokens(byteTokens),
      m_table(std::bit_ceil(std::max<std::size_t>(16, 2 * mergeCount))),
      m_mask(m_table.size() - 1)
{
}

std::size_t BpeMerger::slotOf(std::uint64_t pair) const
{
    std::size_t slot = (pair * 0x9E3779B97F4A7C15u >> 20) & m_mask; // Fibonacci hashing
    while (m_table[slot].pair != pair && m_table[slot].pair != emptySlot)
        slot = (slot + 1) & m_mask;
    return slot;
}

void BpeMerger::add(Token left, Token right, Token merged, std::int32_t rank)
{
    Merge& merge = m_table[slotOf(pairKey(left, right))];
    if (merge.pair == emptySlot)
        merge = {pairKey(left, right), rank, merged};
}

const BpeMerger::Merge& BpeMerger::find(Token left, Token right) const
{
    return m_table[slotOf(pairKey(left, right))]; // an empty slot has the rank noMerge
}

void BpeMerger::encode(std::string_view piece, std::vector<Token>& out) const
{
    if (piece.size() <= shortPiece)
        encodeShort(piece, out);
    else
        encodeLong(piece, out);
}

void BpeMerger::encodeShort(std::string_view piece, std::vector<Token>& out) const
{
    std::array<Token, shortPiece> tokens{};
    std::array<std::int32_t, shortPiece> ranks{}; // of the merge of token i with its right neighbour
    std::size_t n = 0;
    for (const char c : piece)
        if (const Token token = m_byteTokens[static_cast<unsigned char>(c)]; token >= 0)
            tokens[n++] = token;
    for (std::size_t i = 0; i + 1 < n; ++i)
        ranks[i] = find(tokens[i], tokens[i + 1]).rank;

    while (n > 1) {
        const auto best = std::min_element(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(n - 1));
        if (*best == noMerge)
            break;
        const auto at = static_cast<std::size_t>(best - ranks.begin());
        tokens[at] = find(tokens[at], tokens[at + 1]).merged;
        --n;
        std::copy(tokens.begin() + static_cast<std::ptrdiff_t>(at + 2),
                  tokens.begin() + static_cast<std::ptrdiff_t>(n + 1),
                  tokens.begin() + static_cast<std::ptrdiff_t>(at + 1));
        std::copy(best + 1, ranks.begin() + static_cast<std::ptrdiff_t>(n), best);
        if (at + 1 < n)
            ranks[at] = find(tokens[at], tokens[at + 1]).rank;
        if (at > 0)
            ranks[at - 1] = find(tokens[at - 1], tokens[at]).rank;
    }
    out.insert(out.end(), tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(n));
}

void BpeMerger::encodeLong(std::string_view piece, std::vector<Token>& out) const
{
    constexpr std::uint32_t none = UINT32_MAX;
    struct Node {
        Token token;
        std::uint32_t previous;
        std::uint32_t next;
    };
    std::vector<Node> nodes;
    nodes.reserve(piece.size());
    for (const char c : piece)
        if (const Token token = m_byteTokens[static_cast<unsigned char>(c)]; token >= 0) {
            const auto index = static_cast<std::uint32_t>(nodes.size());
            nodes.push_back({token, index == 0 ? none : index - 1, index + 1});
        }
    if (nodes.empty())
        return;
    nodes.back().next = none;

    const auto mergeAt = [&](std::uint32_t left) -> const Merge* {
        const std::uint32_t right = nodes[left].next;
        return right == none || nodes[left].token < 0 ? nullptr : &find(nodes[left].token, nodes[right].token);
    };
    std::vector<std::uint64_t> initial;
    for (std::uint32_t i = 0; i + 1 < nodes.size(); ++i)
        if (const Merge* merge = mergeAt(i); merge->rank != noMerge)
            initial.push_back(candidate(merge->rank, i));
    std::priority_queue queue(std::greater<>(), std::move(initial));

    while (!queue.empty()) {
        const std::uint64_t top = queue.top();
        queue.pop();
        const auto left = static_cast<std::uint32_t>(top);
        const Merge* merge = mergeAt(left);
        // A rank belongs to one pair: another rank here means that one of the two was merged elsewhere since.
        if (merge == nullptr || merge->rank != static_cast<std::int32_t>(top >> 32))
            continue;
        Node& node = nodes[left];
        Node& gone = nodes[node.next];
        node.token = merge->merged;
        node.next = gone.next;
        gone.token = -1;
        if (node.next != none)
            nodes[node.next].previous = left;
        for (const std::uint32_t begin : {node.previous, left}) {
            const Merge* next = begin == none ? nullptr : mergeAt(begin);
            if (next != nullptr && next->rank != noMerge)
                queue.push(candidate(next->rank, begin));
        }
    }
    for (std::uint32_t i = 0; i != none; i = nodes[i].next)
        out.push_back(nodes[i].token);
}

} // namespace lemma::engine
