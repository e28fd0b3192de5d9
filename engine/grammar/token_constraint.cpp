#include "engine/grammar/token_constraint.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace lemma::engine {
namespace {

constexpr GrammarMatcher::State forgotten = -3;
constexpr std::size_t mostMasks = 512; // 10 MB for a vocabulary of 152,000
constexpr std::size_t bitsPerWord = 64;

bool isSet(const std::vector<std::uint64_t>& mask, std::size_t bit)
{
    return (mask[bit / bitsPerWord] >> (bit % bitsPerWord) & 1u) != 0;
}

void setBit(std::vector<std::uint64_t>& mask, TokenId token)
{
    const auto bit = static_cast<std::size_t>(token);
    mask[bit / bitsPerWord] |= std::uint64_t{1} << (bit % bitsPerWord);
}

} // namespace

TokenConstraint::TokenConstraint(std::shared_ptr<const Grammar> grammar,
                                 std::shared_ptr<const VocabularyTrie> vocabulary, const Tokenizer& tokenizer)
    : m_vocabulary(std::move(vocabulary)),
      m_tokenizer(&tokenizer),
      m_matcher(std::move(grammar)),
      m_states{m_matcher.start()},
      m_path(m_vocabulary->longestToken() + 1)
{
}

TokenConstraint::Mask TokenConstraint::makeMask(GrammarMatcher::State state)
{
    Mask mask((m_vocabulary->vocabularySize() + bitsPerWord - 1) / bitsPerWord);
    const auto& nodes = m_vocabulary->nodes();
    const auto& tokens = m_vocabulary->tokens();
    m_path[0] = state;
    for (std::size_t i = 0; i < nodes.size();) {
        const VocabularyTrie::Node& node = nodes[i];
        const GrammarMatcher::State next = m_matcher.next(m_path[node.depth], node.byte);
        if (next == GrammarMatcher::dead) {
            i = node.branchEnd;
            continue;
        }
        for (std::uint32_t t = node.firstToken; t < node.endToken; ++t)
            setBit(mask, tokens[t]);
        m_path[node.depth + 1u] = next;
        ++i;
    }
    if (m_matcher.mayEnd(state))
        for (const TokenId token : m_vocabulary->endTokens())
            setBit(mask, token);
    return mask;
}

const TokenConstraint::Mask& TokenConstraint::mask()
{
    makeRoom();
    const GrammarMatcher::State state = m_states.back();
    const auto known = m_masks.find(state);
    return known != m_masks.end() ? known->second : m_masks.emplace(state, makeMask(state)).first->second;
}

// States and masks of a long answer would fill the memory. Old positions are read again if anybody goes back to them.
void TokenConstraint::makeRoom()
{
    if (m_masks.size() >= mostMasks)
        m_masks.clear();
    if (!m_matcher.isLarge())
        return;
    m_masks.clear();
    const GrammarMatcher::State kept = m_matcher.compact(m_states.back());
    std::ranges::fill(m_states, forgotten);
    m_states.front() = m_matcher.start();
    m_states.back() = kept;
}

Result<void> TokenConstraint::filter(std::span<float> logits)
{
    if (m_states.back() == GrammarMatcher::dead || m_matcher.failed())
        return fail(ErrorCode::Unsupported, "the grammar is too ambiguous: a text can be read in thousands of ways");
    const Mask& allowed = mask();
    if (m_matcher.failed())
        return fail(ErrorCode::Unsupported, "the grammar is too ambiguous: a text can be read in thousands of ways");
    bool any = false;
    constexpr float forbidden = -std::numeric_limits<float>::infinity();
    const std::size_t known = std::min(logits.size(), m_vocabulary->vocabularySize());
    for (std::size_t token = 0; token < known; ++token) {
        if (isSet(allowed, token))
            any = true;
        else
            logits[token] = forbidden;
    }
    std::fill(logits.begin() + static_cast<std::ptrdiff_t>(known), logits.end(), forbidden);
    if (!any)
        return fail(ErrorCode::Unsupported, "no token of the vocabulary continues the text as the grammar wants it");
    return {};
}

bool TokenConstraint::allows(TokenId token)
{
    const auto bit = static_cast<std::size_t>(token);
    if (m_states.back() == GrammarMatcher::dead || token < 0 || bit >= m_vocabulary->vocabularySize())
        return false;
    return isSet(mask(), bit);
}

Result<void> TokenConstraint::accept(TokenId token)
{
    const GrammarMatcher::State next = m_matcher.advance(m_states.back(), m_tokenizer->bytes(token));
    if (next == GrammarMatcher::dead)
        return fail(ErrorCode::InvalidArgument, fmt::format("the token {} does not fit the grammar", token));
    m_tokens.push_back(token);
    m_states.push_back(next);
    return {};
}

void TokenConstraint::rewind(int position)
{
    const auto kept = static_cast<std::size_t>(std::clamp(position, 0, this->position()));
    m_tokens.resize(kept);
    m_states.resize(kept + 1);
    if (m_states.back() != forgotten)
        return;
    GrammarMatcher::State state = m_matcher.start();
    for (const TokenId token : m_tokens)
        state = m_matcher.advance(state, m_tokenizer->bytes(token));
    m_states.back() = state;
}

} // namespace lemma::engine
