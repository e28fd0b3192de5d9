#pragma once
// Does a program's output count as what was expected?
//
//     Comparator tokens;                                     // the default: white space does not matter
//     compareOutput(tokens, "3 4\n", "3  4").isSame          true
//     compareOutput({ComparatorKind::Exact}, "3\n", "3").where    "line 1: expected 3 with a line end ..."
//
// Outputs come from programs that nobody has read: any bytes, up to the sandbox's limits, are compared in linear time
// (patterns: within a limit of steps). Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace lemma::assistant {

enum class ComparatorKind : std::uint8_t {
    Tokens,         // the words, separated by any white space
    Exact,          // every byte
    TrailingSpace,  // lines; blanks at their ends and empty lines at the end do not count
    UnorderedLines, // the lines in any order, otherwise as TrailingSpace
    Numbers,        // tokens; two numbers are the same within the tolerance
    LinePatterns,   // every expected line is a regular expression (PCRE2) for the whole line of output
    Checker,        // another program decides (checker.h)
};

struct Comparator {
    ComparatorKind kind = ComparatorKind::Tokens;
    double absolute = 1e-6; // of Numbers: |a - b| <= max(absolute, relative * |expected|)
    double relative = 1e-6;
    std::string checkerLanguage; // of Checker
    std::string checkerSource;
};

struct Comparison {
    bool isSame = false;
    std::string where; // of the first difference, for a person: "line 2, column 5"; empty where same
};

// Checker is not decided here: InvalidArgument, as is a pattern that cannot be read.
engine::Result<Comparison> compareOutput(const Comparator& comparator, std::string_view expected, std::string_view got);

// "tokens", "exact", "trailing-space", ...: as in task files.
std::string_view comparatorName(ComparatorKind kind);
std::optional<ComparatorKind> comparatorFromName(std::string_view name);

} // namespace lemma::assistant
