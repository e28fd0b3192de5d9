#pragma once
// The difference between two texts, line by line, as people read it in a unified diff.
//
//     lineDiff("a\nb\n", "a\nc\n")    {Same "a", Removed "b", Added "c"}
//     unifiedDiff(old, new)           "@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
//
// Myers' algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986); texts that differ in more than
// maxChangedLines lines are told as all removed, all added.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lemma::assistant {

inline constexpr int maxChangedLines = 4000;

enum class LineChange : std::uint8_t { Same, Removed, Added };

struct DiffLine {
    LineChange change = LineChange::Same;
    std::string_view text; // of the given texts, without its line feed
};

std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after);

// Hunks with `context` lines around each change; empty where the texts are the same line by line.
std::string unifiedDiff(std::string_view before, std::string_view after, std::size_t context = 3);

} // namespace lemma::assistant
