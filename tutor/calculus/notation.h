#pragma once
// The value of what notation only asks for: \frac{d}{dx} x^2 becomes 2x, an integral with bounds a number, wherever it
// stands in a tree.
//
//     carriedOut(*parseMath("1 + \\frac{d}{dx} x^2"), budget)      1 + 2 x
//
// What is not known stays as it was written; a tree without such notation is returned itself.

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Expr carriedOut(const Expr& expr, const Budget& budget);

} // namespace lemma::tutor
