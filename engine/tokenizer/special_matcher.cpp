#include "engine/tokenizer/special_matcher.h"

#include <algorithm>

namespace lemma::engine {

SpecialMatcher::SpecialMatcher(std::vector<std::pair<std::string, std::int32_t>> spellings)
    : m_spellings(std::move(spellings))
{
    std::erase_if(m_spellings, [](const auto& entry) { return entry.first.empty(); });
    std::sort(m_spellings.begin(), m_spellings.end());
    for (const auto& [spelling, token] : m_spellings)
        m_firstBytes[static_cast<unsigned char>(spelling.front())] = true;
}

std::optional<SpecialMatch> SpecialMatcher::find(std::string_view text, std::size_t from) const
{
    if (m_spellings.empty())
        return std::nullopt;
    for (std::size_t i = from; i < text.size(); ++i)
        if (m_firstBytes[static_cast<unsigned char>(text[i])])
            if (const auto match = longestAt(text, i))
                return match;
    return std::nullopt;
}

// Narrows the sorted spellings byte by byte to those that agree with the text so far.
std::optional<SpecialMatch> SpecialMatcher::longestAt(std::string_view text, std::size_t begin) const
{
    std::optional<SpecialMatch> longest;
    auto low = m_spellings.begin();
    auto high = m_spellings.end();
    for (std::size_t depth = 0; begin + depth < text.size(); ++depth) {
        const auto byte = static_cast<unsigned char>(text[begin + depth]);
        // All of [low, high) agree on `depth` bytes; the one that ends there comes first.
        const auto byteAt = [depth](const auto& entry) {
            return depth < entry.first.size() ? static_cast<unsigned char>(entry.first[depth]) : -1;
        };
        low = std::partition_point(low, high, [&](const auto& entry) { return byteAt(entry) < byte; });
        high = std::partition_point(low, high, [&](const auto& entry) { return byteAt(entry) == byte; });
        if (low == high)
            break;
        if (low->first.size() == depth + 1)
            longest = SpecialMatch{begin, begin + depth + 1, low->second};
    }
    return longest;
}

std::optional<std::int32_t> SpecialMatcher::exact(std::string_view spelling) const
{
    const auto match = longestAt(spelling, 0);
    if (!match || match->end != spelling.size())
        return std::nullopt;
    return match->token;
}

} // namespace lemma::engine
