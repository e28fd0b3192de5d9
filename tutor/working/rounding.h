#pragma once
// Numbers that people round: "1/3 = 0.333", "sqrt(2) = 1.41". For constants.

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

bool hasDecimal(const Expr& e);

// The decimal number on one side is the other side, rounded to the places that it shows.
bool roundsTo(const Expr& left, const Expr& right, const Budget& budget);

// Different, but by less than one unit in the last place that is shown, where somebody may have rounded: a decimal
// number, a quotient, a root or a function is involved.
bool mayBeRounded(const Expr& left, const Expr& right, const Budget& budget);

} // namespace lemma::tutor
