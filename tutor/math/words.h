#pragma once
// The vocabulary of the notation: which words and LaTeX commands mean which function, constant, symbol or relation.
// Tables only; the grammar (grammar_*.cpp) says how they combine.

#include <optional>
#include <string>
#include <string_view>

#include "tutor/math/expression.h"

namespace lemma::tutor {

// Our name of a function: "sin" for "sin" and for "\sin", "asin" for "arcsin"; functions of several arguments too.
std::optional<std::string_view> functionNamed(std::string_view word);

// pi, e, i, infinity, the number sets. `word` without a backslash.
std::optional<std::string_view> constantNamed(std::string_view word);

// A letter that LaTeX spells out: "alpha", "ell". Variants are one letter ("varphi" is "phi").
std::optional<std::string_view> letterNamed(std::string_view word);

// A relation written as a LaTeX command ("leq") or as characters ("<=", "≤").
std::optional<RelationOp> relationNamed(std::string_view spelling);

// Characters beyond ASCII that stand for an ASCII spelling or a LaTeX command: "√" is "\sqrt ", "²" is "^2".
// Returns the replacement, or nothing.
std::optional<std::string_view> unicodeSpelling(std::string_view character);

// A word that is a unit of measurement where it stands behind a number ("cm", "hours").
bool isUnitWord(std::string_view word);

// "percent", "pct" and so on.
bool isPercentWord(std::string_view word);

// A sentence that is an answer by itself, in its canonical form: "dne" -> "no solution". Case and blanks do not matter.
std::optional<std::string_view> answerPhrase(std::string_view text);

} // namespace lemma::tutor
