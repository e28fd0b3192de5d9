#pragma once
// What kind of step a statement invites: internal to working.cpp.

#include "tutor/math/budget.h"
#include "tutor/working/statement.h"

namespace lemma::tutor {

// sin, cos ...: which of the infinitely many solutions are meant is often not written down.
bool hasTrigonometry(const Expr& e);
bool hasTrigonometry(const Statement& s);

// x = 2 or x = -3: only values are named.
bool isSolved(const Statement& s);

// Roots, quotients, absolute values, logarithms: the usual next step may add solutions.
bool mayAddSolutions(const Statement& s);

// 2x + 3y = 12: an equation as a problem gives it, not one that was solved for a variable.
bool isStandardForm(const Statement& s);

// `to` is `from` with both sides squared.
bool isSquare(const Statement& from, const Statement& to, const Budget& budget);

// Both sides were multiplied by the same: solutions may come in.
bool isMultiplied(const Statement& from, const Statement& to, const Budget& budget);

// Order relations: < <= > >=.
bool hasInequality(const Statement& s);

// c^2 = 25, w (w + 3) = 40: letters other than x, y, z, u mostly stand for sizes, which are not negative.
bool isSize(const std::string& name);

// `to` takes up one factor of the product `from` = 0, or one part of an "or".
bool isFactorOf(const Statement& from, const Statement& to, const Budget& budget);

Statement both(const Statement& a, const Statement& b);

} // namespace lemma::tutor
