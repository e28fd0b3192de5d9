#pragma once
// Finds the spellings of special tokens in text: the leftmost match, and the longest one that begins there.
//
//     SpecialMatcher matcher({{"<think>", 7}, {"</think>", 8}});
//     std::optional<SpecialMatch> match = matcher.find("a <think> b", 0);   // {2, 9, 7}
//
// Immutable, so it may be used from several threads.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lemma::engine {

struct SpecialMatch {
    std::size_t begin = 0; // bytes, [begin, end)
    std::size_t end = 0;
    std::int32_t token = 0;
};

class SpecialMatcher {
public:
    // Empty spellings are ignored.
    explicit SpecialMatcher(std::vector<std::pair<std::string, std::int32_t>> spellings);

    std::optional<SpecialMatch> find(std::string_view text, std::size_t from) const;

    // The token with exactly this spelling.
    std::optional<std::int32_t> exact(std::string_view spelling) const;

private:
    std::optional<SpecialMatch> longestAt(std::string_view text, std::size_t begin) const;

    std::vector<std::pair<std::string, std::int32_t>> m_spellings; // sorted
    std::array<bool, 256> m_firstBytes{};
};

} // namespace lemma::engine
