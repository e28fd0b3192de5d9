#pragma once
// Solves the problems of school exactly, with the steps a teacher would write.
//
//     Solution s = solveText("x^2 - 5x + 6 = 0", {}, Budget(std::chrono::milliseconds(500)));
//     s.solved              true
//     toPlain(s.set)        "{2, 3}"
//     s.steps               bring to one side, factor, set each factor to zero
//
// A solution that is returned as solved was checked twice: every value was substituted into the problem as it was
// given, and there are provably no others (by Sturm's count of the real roots, or the degree over the complex numbers).
// What cannot be checked, is not one of the families below, or does not end within the budget is unknown, with the
// reason.
//
//     polynomial.h, roots.h     equations in one unknown that are polynomial or rational
//     inequality.h              inequalities of the same kind
//     linear_system.h           linear equations in several unknowns
//     number_theory.h           gcd, lcm, powers and linear congruences to a modulus
//
// Families that are not listed here (radical, exponential, trigonometric ...) are unknown.
// Any thread; no shared state.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/roots.h"
#include "tutor/math/solution_step.h"

namespace lemma::tutor {

enum class ProblemKind : std::uint8_t {
    Other,
    Linear,
    Quadratic,
    Polynomial,
    Rational,
    Inequality,
    LinearSystem,
    Number
};

std::string_view problemKindName(ProblemKind kind); // "linear-system": stable, for JSON

struct SolveOptions {
    std::string variable; // empty: the only one there is, or else x
    Domain domain = Domain::Real;
};

struct Solution {
    bool solved = false;
    bool readable = true; // false: the text of the problem is not mathematics, and the reason says where not
    std::string reason;   // why not, when it is unknown
    ProblemKind kind = ProblemKind::Other;
    std::vector<Expr> solutions; // single values, or x = value for each unknown of a system; empty for an interval
    Expr set;                    // {2, 3}, a union of intervals, the empty set, the real numbers; null when unknown
    std::vector<SolutionStep> steps;
};

Solution unknownSolution(ProblemKind kind, std::string reason);

Solution solve(const Expr& problem, const SolveOptions& options, const Budget& budget);

// The same from text; "solve" in front and a full stop behind are understood.
Solution solveText(std::string_view text, const SolveOptions& options, const Budget& budget);

} // namespace lemma::tutor
