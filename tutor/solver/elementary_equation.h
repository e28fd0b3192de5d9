#pragma once
// Equations with radicals, exponentials, logarithms and absolute values, and inequalities with them: see solve.h.
//
// Every zero is among the candidates of zero_search.h, and each candidate is substituted. An inequality, or an equation
// that may hold on an interval, is decided between neighbouring marks: zeros, and ends of where the sides are defined.
// Between two marks everything is continuous and nothing changes its sign, so one rational point there decides.

#include "tutor/solver/solve.h"

namespace lemma::tutor {

Solution solveElementaryEquation(const Expr& relation, const std::string& variable, const Budget& budget);
Solution solveElementaryInequality(const Expr& relation, const std::string& variable, const Budget& budget);

} // namespace lemma::tutor
