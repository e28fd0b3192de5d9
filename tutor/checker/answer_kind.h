#pragma once
// Whether an answer is the kind of thing that the policy asks for: a number, an interval, an equation ...
//
//     kindFault(*parseMath("1 < x < 2"), AnswerKind::Interval)       "An interval is asked for."
//     needsSolving(*parseMath("x = 3"), *parseMath("2x = 6"))        true: the gold answer is solved, this is not

#include <string>

#include "tutor/checker/policy.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

// Empty where it is of that kind. A name in front ("x = 5") is no part of the answer, unless an equation is asked for.
std::string kindFault(const Expr& answer, AnswerKind kind);

// An equation or inequality in one unknown that was only written in another way, where its solution is asked for.
bool needsSolving(const Expr& gold, const Expr& answer);

} // namespace lemma::tutor
