#pragma once
// Greatest common divisors and least common multiples of polynomials.
//
//     polynomialDivisor({*parseMath("x^2-1"), *parseMath("x^2-x")}, budget)      x + -1
//     polynomialMultiple({*parseMath("2y"), *parseMath("x")}, budget)            2 * x * y
//
// With integer coefficients the contents count (of 125 and 50x: 25); where a coefficient is a fraction, only the
// polynomials do, with 1 as their leading coefficient. Every variable is an unknown: of a and b the divisor is 1, which
// is not the gcd of two whole numbers called a and b. Nothing where an argument is not a polynomial in its unknowns.

#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Expr polynomialDivisor(const std::vector<Expr>& polynomials, const Budget& budget);
Expr polynomialMultiple(const std::vector<Expr>& polynomials, const Budget& budget);

} // namespace lemma::tutor
