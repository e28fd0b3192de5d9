#pragma once
// What is said of what: an answer may name the thing that it is the value of.
//
//     valueOfStatement(*parseMath("x = 5"))              5
//     valueOfStatement(*parseMath("|AB| = 1"))           1: a length has a name
//     valueOfStatement(*parseMath("2x + z = 1"))         itself: an equation
//     valueOfStatement(*parseMath("1/3 = 0.33..."))      the last of the chain
//
// The names of things: letters, f(x), words, products of capitals (AB is a segment), their lengths, ratios and angles.

#include "tutor/math/expression.h"

namespace lemma::tutor {

// "x = 5" is the value 5, "x \in S" the set S; anything else is itself.
Expr valueOfStatement(const Expr& e);

// The same where the other side is known to be no relation: "x + y = 5" answers "find x + y", too, but as a gold answer
// it may be the equation of a line.
Expr valueOfAnswer(const Expr& e);

// "x_1 = 2, x_2 = 3" as solutions of the same x, unless `other` tells the two apart, too.
Expr withoutNumbers(const Expr& e, const Expr& other);

// Letters, applications of functions, words, and what geometry makes of capitals.
bool isQuantityName(const Expr& e);

} // namespace lemma::tutor
