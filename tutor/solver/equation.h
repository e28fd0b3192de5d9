#pragma once
// Equations in one unknown whose sides are polynomials or quotients of them: see solve.h.

#include "tutor/solver/solve.h"

namespace lemma::tutor {

// `relation`: two sides with "=".
Solution solveEquation(const Expr& relation, const std::string& variable, const SolveOptions& options,
                       const Budget& budget);

Expr equation(Expr left, Expr right);

} // namespace lemma::tutor
