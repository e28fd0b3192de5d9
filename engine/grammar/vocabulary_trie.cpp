#include "engine/grammar/vocabulary_trie.h"

#include <algorithm>
#include <limits>

namespace lemma::engine {
namespace {

// Longer ones are runs of blanks and the like, and deeper nodes would not fit.
constexpr std::size_t longestUsed = std::numeric_limits<std::uint16_t>::max();

bool isText(const Tokenizer& tokenizer, TokenId id)
{
    const TokenKind kind = tokenizer.kind(id);
    const bool speaks = kind == TokenKind::Normal || kind == TokenKind::UserDefined || kind == TokenKind::Byte;
    const std::size_t length = tokenizer.bytes(id).size();
    return speaks && !tokenizer.isEndOfGeneration(id) && length > 0 && length <= longestUsed;
}

} // namespace

VocabularyTrie::VocabularyTrie(const Tokenizer& tokenizer)
    : m_vocabularySize(static_cast<std::size_t>(tokenizer.vocabularySize()))
{
    for (TokenId id = 0; id < tokenizer.vocabularySize(); ++id) {
        if (tokenizer.isEndOfGeneration(id))
            m_endTokens.push_back(id);
        else if (isText(tokenizer, id))
            m_tokens.push_back(id);
    }
    std::ranges::stable_sort(m_tokens, {}, [&](TokenId id) { return tokenizer.bytes(id); });
    std::vector<std::uint32_t> path; // nodes of the last token's bytes
    std::string_view last;
    const auto close = [&](std::size_t depth) {
        for (; path.size() > depth; path.pop_back())
            m_nodes[path.back()].branchEnd = static_cast<std::uint32_t>(m_nodes.size());
    };
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        const std::string_view bytes = tokenizer.bytes(m_tokens[i]);
        m_longest = std::max(m_longest, bytes.size());
        const auto common = static_cast<std::size_t>(std::ranges::mismatch(last, bytes).in2 - bytes.begin());
        close(common);
        for (std::size_t depth = common; depth < bytes.size(); ++depth) {
            path.push_back(static_cast<std::uint32_t>(m_nodes.size()));
            m_nodes.push_back({.byte = static_cast<std::uint8_t>(bytes[depth]),
                               .depth = static_cast<std::uint16_t>(depth),
                               .branchEnd = 0,
                               .firstToken = static_cast<std::uint32_t>(i),
                               .endToken = static_cast<std::uint32_t>(i)});
        }
        m_nodes[path.back()].endToken = static_cast<std::uint32_t>(i + 1);
        last = bytes;
    }
    close(0);
}

} // namespace lemma::engine
