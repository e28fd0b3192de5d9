#pragma once
// Which known mistake leads from one line to a wrong next one?
//
//     explainMistake(*parseMath("(x+3)^2"), *parseMath("x^2 + 9"), budget)        squared-sum
//     explainMistake(*parseMath("-2x < 6"), *parseMath("x < -3"), budget)         inequality-not-turned
//
// Meant for lines that were proved to differ. The rules of the catalogue are tried at every node; the one is named
// whose wrong line means the same as the line that was written (not merely looks like it: students simplify in the same
// step). Null: none explains it.

#include "tutor/math/budget.h"
#include "tutor/working/mistakes/mistake.h"
#include "tutor/working/solutions.h"

namespace lemma::tutor {

const Mistake* explainMistake(const Expr& before, const Expr& after, const Budget& budget);

// Nested sums and products made flat, as the rules see them.
Expr flattened(const Expr& expr);

} // namespace lemma::tutor
