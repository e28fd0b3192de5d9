#pragma once
// Mistakes that are seen by comparing two lines. Internal to explain.cpp. Each returns null where it does not apply.

#include "tutor/math/budget.h"
#include "tutor/working/mistakes/mistake.h"
#include "tutor/working/statement.h"

namespace lemma::tutor {

// The same difference of the sides up to a number, but another sign between them.
const Mistake* inequalityMistake(const Statement& before, const Statement& after, const Budget& budget);

// before is after times an expression with the variable.
const Mistake* divisionMistake(const Statement& before, const Statement& after, const Budget& budget);

// `after` is a product that is meant to be the sum `before`.
const Mistake* wrongFactors(const Expr& before, const Expr& after, const Budget& budget);

// One numeral of `after` replaced by another number makes it right.
const Mistake* slip(const Expr& before, const Expr& after, const Budget& budget);

} // namespace lemma::tutor
