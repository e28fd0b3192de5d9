#pragma once
// Values of constants in which definite integrals stand, as balls: Arb's integration with rigorous error bounds
// (acb_calc_integrate: F. Johansson, Numerical integration in arbitrary-precision ball arithmetic, 2018).
//
//     evaluateWithIntegrals(*parseMath("2\\int_0^1 e^{-x^2}\\,dx"), 64, budget)      a ball around 1.4936482656
//
// Over the reals. A ball that is returned as Defined holds the value, and every integrand was bounded on all of its
// interval; an integral that does not exist, or whose integrand has no value somewhere, is Unclear. Bounds must be
// finite constants. The accuracy is what the budget allows: look at the radius.

#include "tutor/math/ball.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

BallValue evaluateWithIntegrals(const Expr& constant, long precision, const Budget& budget);

} // namespace lemma::tutor
