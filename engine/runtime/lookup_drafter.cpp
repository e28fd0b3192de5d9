#include "engine/runtime/lookup_drafter.h"

#include <algorithm>

namespace lemma::engine {
namespace {

// Two tokens find too much that is beside the point.
constexpr int keyTokens = 3;

// Of the tokens before `end`. Two keys of one hash only make a wrong guess.
std::uint64_t keyBefore(const std::vector<TokenId>& tokens, int end)
{
    std::uint64_t key = 0;
    for (int i = end - keyTokens; i < end; ++i)
        key = (key ^ static_cast<std::uint32_t>(tokens[static_cast<std::size_t>(i)])) * 0x9E3779B97F4A7C15u;
    return key;
}

} // namespace

void LookupDrafter::index(const std::vector<TokenId>& tokens)
{
    for (m_indexed = std::max(m_indexed, keyTokens); m_indexed < std::ssize(tokens); ++m_indexed)
        m_follows[keyBefore(tokens, m_indexed)] = m_indexed;
}

std::vector<TokenId> LookupDrafter::draft(const ChainState& state)
{
    const int length = static_cast<int>(state.tokens.size());
    if (length < keyTokens)
        return {};
    index(state.tokens);
    const auto found = m_follows.find(keyBefore(state.tokens, length));
    const int count = std::min(m_length.wanted(), m_limits.remaining(state.written()) - 1);
    if (found == m_follows.end() || count < 1)
        return {};
    const auto begin = state.tokens.begin() + found->second;
    return {begin, begin + std::min<std::ptrdiff_t>(count, state.tokens.end() - begin)};
}

} // namespace lemma::engine
