#pragma once
// Two terms of a working, of which the second was made from the first: the same value?
//
//     compareValues(*parseMath("(x+1)^2"), *parseMath("x^2+1"), budget)     Different: x = 1: 4 and 2
//     compareValues(*parseMath("5 km"), *parseMath("5000 m"), budget)       Unknown: the units are not looked into
//
// The comparison is that of tutor/checker; what is added is caution about units, percentages and unknown functions.

#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

Verdict compareValues(const Expr& before, const Expr& after, const Budget& budget);

// Surely equal, by proof or at all points that were tried.
bool sameValue(const Expr& a, const Expr& b, const Budget& budget);

// "20", "0.3333..." where it is no short exact number
std::string constantText(const Expr& constant, const Budget& budget);

} // namespace lemma::tutor
