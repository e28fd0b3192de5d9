#pragma once
// Numbers of arrangements and choices, and plain computing with exact numbers: 5!, C(5, 2), P(5, 2), 3/4 + 1/6.
//
//     C(5, 2)        10: how many ways to choose 2 of 5
//     P(5, 2)        20: to choose 2 of 5 in order
//
// C and P of two whole numbers are read as this; a constant is simplified, and the result proved equal to what was
// given.

#include <optional>

#include "tutor/solver/solve.h"

namespace lemma::tutor {

// Empty: the problem is no constant of this kind.
std::optional<Solution> solveConstant(const Expr& problem, const Budget& budget);

} // namespace lemma::tutor
