#pragma once
// Are two expressions the same function of their variables?
//
//     compareExpressions(*parseMath("(x+1)^2"), *parseMath("x^2+2x+1"), budget)   Equal, "points"
//     compareExpressions(*parseMath("(x+1)^2"), *parseMath("x^2+1"), budget)      Different, "x = 1: 4 and 2"
//     compareExpressions(*parseMath("\\sqrt8"), *parseMath("2\\sqrt2"), budget)     Equal, "exact"
//
// Different is always proved, by interval arithmetic. Equal is proved for constants ("exact", "same-form"); with
// variables it means equality at many points ("points"), where both sides have a value. Over the reals unless i occurs.

#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Verdict compareExpressions(const Expr& a, const Expr& b, const Budget& budget);

} // namespace lemma::tutor
