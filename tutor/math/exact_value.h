#pragma once
// Exact decisions about constants: rational, algebraic and elementary numbers, by Calcium.
//
//     exactlyZero(*parseMath("\\sqrt{8} - 2\\sqrt{2}"), budget)       Truth::Yes, proved
//     exactlyZero(*parseMath("10^(10^9) - 1"), budget)                Truth::Unknown: too large to write out
//
// Real roots: the cube root of -8 is -2. Not for trees with variables (Unknown).

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Truth exactlyZero(const Expr& expr, const Budget& budget);

} // namespace lemma::tutor
