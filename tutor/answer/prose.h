#pragma once
// Mathematics inside sentences that nothing delimits. Internal to tutor/answer.
//
//     isProse("the area is 12 cm")                              true; "2x + sin x" is none, nor is "odd"
//     lastValueIn("so the number is 1,000.99 and fits", all)    the bytes of 1,000.99
//     lastValueIn("Thus $x = 3$ or $x = 4$.", all)              the bytes of $x = 3$ or $x = 4$

#include <optional>
#include <string_view>

#include "tutor/math/expression.h"

namespace lemma::tutor {

// Words of a language around what there is of mathematics, if anything.
bool isProse(std::string_view text);

// The last run of words that are no words: numbers, signs, formulas, with a unit behind. Delimited formulas with a
// number or a relation in them come before numbers that merely stand in the sentence. Ranges are of the whole text.
std::optional<SourceRange> lastValueIn(std::string_view text, SourceRange sentence);

} // namespace lemma::tutor
