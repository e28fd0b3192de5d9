#pragma once
// Is an answer right? Gold and answer are texts (LaTeX or plain) or trees; the policy says what counts.
//
//     grade("\\frac{1}{2}", "0.5")                                          Equal
//     grade("x=1 or x=2", "\\{2, 1\\}")                                     Equal
//     grade("1/2", "2/4", {.form = RequiredForm::LowestTerms})              Equal, Form::Wrong
//     grade("[0,1)", "[0,1]")                                               Different
//
// Ends within the budget, whatever the texts; texts that are longer than the parser reads are Unknown. Safe to call
// from several threads at once, each with its Budget.

#include <string_view>

#include "tutor/checker/policy.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Verdict grade(std::string_view gold, std::string_view answer, const Policy& policy = {},
              const Budget& budget = Budget());

Verdict grade(const Expr& gold, const Expr& answer, const Policy& policy = {}, const Budget& budget = Budget());

} // namespace lemma::tutor
