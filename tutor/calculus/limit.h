#pragma once
// Limits, by a method that proves them: the expansion of the body at the point, with exact coefficients, from the right
// and from the left (series.h); where it has none, the value at the point if every part is continuous there.
//
//     limitOf(*parseMath("\\lim_{x\\to 0}\\frac{\\sin x}{x}"), budget)        1
//     limitOf(*parseMath("\\lim_{x\\to\\infty}\\frac{2x+1}{x}"), budget)       2
//     limitOf(*parseMath("\\lim_{x\\to 0}\\frac{1}{x}"), budget)              no value: the sides differ
//
// Infinite limits are the constant infinity, or its negative.

#include <string>

#include <tl/expected.hpp>

#include "tutor/calculus/derivative.h"

namespace lemma::tutor {

// A null value: there is no limit, since the sides differ.
tl::expected<Derivation, std::string> limitOf(const Expr& limit, const Budget& budget);

} // namespace lemma::tutor
