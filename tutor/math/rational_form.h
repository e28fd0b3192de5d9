#pragma once
// Proves that two expressions are the same by algebra: as quotients of polynomials with integer coefficients in the
// variables and in whatever is not rational (sin x, the root of 2, pi), each of which is an unknown of its own.
//
//     equalByAlgebra(*parseMath("\\frac{1}{x}+\\frac{1}{y}"), *parseMath("\\frac{x+y}{xy}"), budget)   Truth::Yes
//     equalByAlgebra(*parseMath("\\sin^2 x+\\cos^2 x"), *parseMath("1"), budget)                       Truth::Unknown
//
// Yes holds where both sides have a value; whether they have one anywhere is not looked at. Never says No.

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Truth equalByAlgebra(const Expr& a, const Expr& b, const Budget& budget);

} // namespace lemma::tutor
