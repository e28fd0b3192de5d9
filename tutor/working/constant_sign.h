#pragma once
// The sign of an exact constant, proved: by interval arithmetic where it is not zero, by Calcium where it may be.
//
//     constantSign(*parseMath("\\sqrt2 - 1.41"), budget)       Sign::Positive
//     constantSign(*parseMath("1/0"), budget)                 Sign::NoValue
//
// Real numbers only; Unknown for trees with variables, with i, or with notation that has no value here.

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

enum class Sign : unsigned char { Negative, Zero, Positive, NoValue, Unknown };

Sign constantSign(const Expr& constant, const Budget& budget);

// a < b, as -1, 0, 1 would say.
Sign compareConstantSizes(const Expr& a, const Expr& b, const Budget& budget);

// About; for placing points in order and for showing. 0 where there is no value.
double approximately(const Expr& constant, const Budget& budget);

} // namespace lemma::tutor
