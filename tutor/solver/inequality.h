#pragma once
// Inequalities in one real unknown whose sides are polynomials or quotients of them. The answer is a union of
// intervals.
//
// The sign between neighbouring zeros is found in two ways, which must agree: by the number of sign changes from the
// right, and by the exact value at a rational point in between.

#include "tutor/solver/solve.h"

namespace lemma::tutor {

// `relation`: two sides with one of < > <= >= !=.
Solution solveInequality(const Expr& relation, const std::string& variable, const Budget& budget);

} // namespace lemma::tutor
