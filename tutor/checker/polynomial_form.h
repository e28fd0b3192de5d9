#pragma once
// Whether an expression is factored, expanded or simplified, as far as a teacher means by it. Internal to form.h.
//
//     canBeFactored(*parseMath("x(x^2-1)"), budget)        true: x^2 - 1 is (x-1)(x+1)
//     canBeExpanded(*parseMath("2(x+1)"))                  true
//     canBeSimplified(*parseMath("\\sqrt{8}"), budget)     true
//
// Factors are those over the rational numbers: x^2 - 2 is factored. A factor of several variables counts as prime where
// it is prime for at least one of several values of the others.

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

bool canBeFactored(const Expr& e, const Budget& budget);
bool canBeExpanded(const Expr& e);
bool canBeSimplified(const Expr& e, const Budget& budget);

} // namespace lemma::tutor
