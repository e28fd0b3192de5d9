#pragma once
// The real numbers that satisfy an equation, an inequality, a chain or a list of them, in one unknown.
//
//     auto a = solutionSet(*parseMath("x^2 - 5x + 6 < 0"), {}, budget);         a->unknown "x", a->set (2, 3)
//     auto b = solutionSet(*parseMath("2 < x < 3"), {}, budget);
//     auto c = solutionSet(*parseMath("(2, 3)"), {}, budget);                    no unknown: a set by itself
//     compareSolutionSets(*a, *c, budget)                                        Equal, Exact
//
// Relations are solved by tutor/solver, which verifies what it returns. Nothing where it does not know.

#include <optional>
#include <string>

#include "tutor/checker/assumptions.h"
#include "tutor/checker/real_set.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

struct SolutionSet {
    std::string unknown; // empty for a set that names none
    RealSet set;
};

std::optional<SolutionSet> solutionSet(const Expr& e, const Assumptions& assumptions, const Budget& budget);

Verdict compareSolutionSets(const SolutionSet& gold, const SolutionSet& answer, const Budget& budget);

} // namespace lemma::tutor
