#pragma once
// The exact value of an expression at a rational point, where it is a rational number: what a student can check by
// hand.
//
//     rationalValue(*parseMath("(x+1)^2/2"), {{"x", Rational(2)}}, budget)      9/2
//     rationalValue(*parseMath("\\sqrt{x}"), {{"x", Rational(2)}}, budget)      nothing
//
// Nothing also where there is no value (1/0), and where numbers would grow beyond Budget::maximumBits.

#include <optional>

#include "tutor/math/ball.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {

std::optional<Rational> rationalValue(const Expr& expr, const Point& point, const Budget& budget);

// The number as an expression: a fraction where it is one.
Expr rationalExpr(const Rational& value);

} // namespace lemma::tutor
