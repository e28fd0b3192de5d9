#pragma once
// Antiderivatives are compared by what they are the antiderivatives of.
//
//     compareAntiderivatives(*parseMath("\\int 2x\\,dx"), *parseMath("x^2 + C"), policy, budget)    Equal
//     the same with "x^2"          Equal, Form::Wrong: the constant of integration is missing
//     the same with "2x^2 + C"     Different: its derivative is 4 x instead of 2 x; x = 1: 2 and 4
//
// Empty where the question is no such one: the gold answer is no integral without bounds, and the policy does not say
// that answers count up to a constant.

#include <optional>

#include "tutor/checker/policy.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

std::optional<Verdict> compareAntiderivatives(const Expr& gold, const Expr& answer, const Policy& policy,
                                              const Budget& budget);

} // namespace lemma::tutor
