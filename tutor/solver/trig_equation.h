#pragma once
// Equations in trigonometric functions of a x + b, where the multiples of x go together (sin x, cos 2x): all solutions
// as families with a whole number k, or those in an interval.
//
//     2 sin x = 1                     {pi/6 + 2 pi k, 5 pi/6 + 2 pi k}, k in Z
//     2 sin x = 1, 0 <= x < 2 pi      {pi/6, 5 pi/6}
//
// Written in the sine and the cosine of one angle w (tutor/calculus/trig_identities.h), an equation is A(s) + B(s) c =
// 0 with s^2 + c^2 = 1, so every solution has a sine that is a zero of A^2 - B^2 (1 - s^2) (or a cosine likewise):
// finitely many angles within one turn, each of which is substituted.

#include <string>

#include "tutor/solver/interval.h"
#include "tutor/solver/solve.h"

namespace lemma::tutor {

bool isTrigonometric(const Expr& expr, const std::string& variable);

Solution solveTrigEquation(const Expr& relation, const std::string& variable, const Interval* within,
                           const Budget& budget);

} // namespace lemma::tutor
