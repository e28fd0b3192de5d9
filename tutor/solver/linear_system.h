#pragma once
// Linear equations in several unknowns: one solution, none, or infinitely many, where unknowns that may be chosen
// freely stand on the right side.

#include "tutor/solver/solve.h"

namespace lemma::tutor {

Solution solveLinearSystem(const std::vector<Expr>& equations, const Budget& budget);

} // namespace lemma::tutor
