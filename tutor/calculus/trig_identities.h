#pragma once
// Trigonometric functions of multiples of one angle, written in its sine and cosine alone, with no power of the cosine
// above the first: a form in which identities show.
//
//     inSineAndCosine(*parseMath("\\cos 2x"), budget)                      1 - 2 sin(x)^2
//     inSineAndCosine(*parseMath("\\sin^2 x + \\cos^2 x"), budget)         1
//
// The value is the same wherever the given tree has one. Multiples above the sixth are left alone.

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Expr inSineAndCosine(const Expr& expr, const Budget& budget);

} // namespace lemma::tutor
