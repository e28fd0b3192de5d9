#pragma once
// Whether an answer has the form that the policy asks for, apart from whether its value is right.
//
//     formFault(*parseMath("2/4"), RequiredForm::LowestTerms, 0, budget)      "The fraction 2/4 can be reduced."
//     formFault(*parseMath("0.50"), RequiredForm::Decimals, 2, budget)        "" : right

#include <string>

#include "tutor/checker/policy.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

std::string formFault(const Expr& answer, RequiredForm form, int digits, const Budget& budget);

} // namespace lemma::tutor
