#pragma once
// Where the delimited formulas of a text are: $...$, $$...$$, \(...\), \[...\]. Internal to tutor/answer.
//
// An escaped dollar is money. An inline formula ends at a blank line at the latest, as in TeX: a delimiter that is
// never closed opens nothing.

#include <cstddef>
#include <string_view>
#include <vector>

#include "tutor/math/expression.h"

namespace lemma::tutor {

struct FormulaSpan {
    SourceRange whole; // with its delimiters
    SourceRange inner;
};

// In the order of the text, not nested. Linear in the text.
std::vector<FormulaSpan> formulaSpans(std::string_view text);

// The byte behind the brace that closes the one at `open`, or npos. Escaped braces do not count.
std::size_t afterGroup(std::string_view text, std::size_t open);

} // namespace lemma::tutor
