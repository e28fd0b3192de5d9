#pragma once
// Whole numbers: gcd(84, 30), lcm(4, 6), 3^100 mod 7, and 3x = 2 (mod 7).
//
// A greatest common divisor is found by Euclid's steps and compared with FLINT's; a power by repeated squaring; every
// residue of a congruence is put back into it.

#include <optional>

#include "tutor/solver/solve.h"

namespace lemma::tutor {

// Empty: the problem is none of this kind.
std::optional<Solution> solveNumberProblem(const Expr& problem, const Budget& budget);

} // namespace lemma::tutor
