#pragma once
// Trees as a person leaves them: numbers computed, like terms and like factors put together, roots and special values
// taken. Products of sums stay as they were written; expanded() multiplies them out.
//
//     simplified(*parseMath("3x^2*1 + 2*x^1*0"), budget)      3 x^2
//     simplified(*parseMath("x*x*e^x/e^(2x)"), budget)        x^2 e^(-x)
//     expanded(*parseMath("(x+1)(x-2)"), budget)              x^2 - x - 2
//
// The value is the same wherever the given tree has one; x/x becomes 1. Over the real numbers. What the budget does not
// pay for stays as it is.

#include <optional>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {

Expr simplified(const Expr& expr, const Budget& budget);
Expr expanded(const Expr& expr, const Budget& budget);

// The number that a tree spells out, as 3, 0.5, -1/2; nothing for one that would have to be computed.
std::optional<Rational> writtenNumber(const Expr& expr);

// One fraction for the whole: 1/x + 1/y is (y + x)/(x y). Equal wherever the given tree has a value; `bottom` may
// vanish only where a denominator of the given tree does.
struct Fraction {
    Expr top;
    Expr bottom;
};
Fraction asFraction(const Expr& expr, const Budget& budget);

// Whether the difference vanishes by what these functions, trig_identities.h and rational_form.h know. Holds where both
// have a value.
bool provablyEqual(const Expr& a, const Expr& b, const Budget& budget);

} // namespace lemma::tutor
