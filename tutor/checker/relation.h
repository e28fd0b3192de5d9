#pragma once
// Are two relations (equations, inequalities) between numbers the same?
//
//     compareRelations(*parseMath("-2x < 6"), *parseMath("x > -3"), {}, budget)     Equal: one is a multiple of the
//     other compareRelations(*parseMath("x < 5"), *parseMath("x \\le 5"), {}, budget)      Different: x = 5: false and
//     true
//
// Unknown where neither is found. Both sides must have two terms.

#include "tutor/checker/assumptions.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Verdict compareRelations(const Expr& gold, const Expr& answer, const Assumptions& assumptions, const Budget& budget);

} // namespace lemma::tutor
