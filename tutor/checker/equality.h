#pragma once
// Are two pieces of mathematics the same? Numbers, expressions, relations, sets, intervals, tuples, matrices.
//
//     compare(*parseMath("\\sqrt8"), *parseMath("2\\sqrt2"))          Equal, Exact
//     compare(*parseMath("(x+1)^2"), *parseMath("x^2+2x+1"))          Equal, Exact
//     compare(*parseMath("(x+1)^2"), *parseMath("x^2+1"))             Different, Counterexample: x = 1: 4 and 2
//     compare(*parseMath("2x < 6"), *parseMath("x < 3"))              Equal, Exact: a multiple
//
// Expressions are equal where both have a value: (x^2-1)/(x-1) is x + 1. Over the reals unless i occurs. Different is
// always proved. Equal is proved (Exact) or, beyond what algebra decides here, equality at many points (Points).
// Relations are equal where one is a multiple of the other, different where a point satisfies only one of them.
// Ends within the budget. Safe to call from several threads at once, each with its Budget.

#include "tutor/checker/assumptions.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Verdict compare(const Expr& gold, const Expr& answer, const Assumptions& assumptions = {},
                const Budget& budget = Budget());

} // namespace lemma::tutor
