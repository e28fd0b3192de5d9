#pragma once
// Questions of calculus: \frac{d}{dx} x^3, \int x e^x dx, \int_0^1 x^2 dx, \lim_{x\to 0} \frac{\sin x}{x},
// \sum_{k=1}^{n} k^2, and functions that are defined first: "f(x) = x^3, f'(2)".
//
// What tutor/calculus returns is checked there: an antiderivative by differentiation, an integral with bounds by
// rigorous quadrature, a derivative against its rules, a closed form as polynomials.

#include <optional>

#include "tutor/solver/solve.h"

namespace lemma::tutor {

// Empty: the problem is none of this kind.
std::optional<Solution> solveCalculusProblem(const Expr& problem, const Budget& budget);

// The last part of a list that begins with definitions f(x) = ..., with the definitions put in; null for other lists.
Expr withDefinitions(const Expr& list, const Budget& budget);

} // namespace lemma::tutor
