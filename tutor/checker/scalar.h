#pragma once
// Numbers and expressions of numbers: the part of compare (equality.h) below sets, relations and matrices.

#include "tutor/checker/assumptions.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Verdict compareScalars(const Expr& gold, const Expr& answer, const Assumptions& assumptions, const Budget& budget);

} // namespace lemma::tutor
