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
//     equation.h                equations in one unknown that are polynomial or rational
//     elementary_equation.h     with radicals, exponentials, logarithms, absolute values; inequalities of every kind
//     trig_equation.h           trigonometric ones, all solutions or those in an interval
//     inequality.h              polynomial and rational inequalities
//     linear_system.h           linear equations in several unknowns
//     calculus_problem.h        derivatives, integrals, limits, sums and products
//     matrix_problem.h          matrices of numbers, determinants, eigenvalues
//     number_theory.h           gcd, lcm, powers and linear congruences to a modulus
//     counting.h, statistics.h  factorials, choices, constants; mean, median, variance and the like
//
// Families that are not listed here are unknown. A list "equation, condition" keeps the solutions that the condition
// (0 <= x < 2 pi) admits.
// Any thread; no shared state.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/lexer.h"
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
    Number,
    Radical,
    Exponential,
    Logarithmic,
    AbsoluteValue,
    Trigonometric,
    Derivative,
    Integral,
    Limit,
    Sum,
    Matrix,
    Counting,
    Statistics,
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
    // Single values, families with a whole number k (trigonometric), or x = value for each unknown of a system; empty
    // for an interval. A question for a value (a derivative, a sum) has that one.
    std::vector<Expr> solutions;
    // {2, 3}, a union of intervals, the empty set, the real numbers; "{pi/6 + 2 pi k}, k in Z" for families; null when
    // unknown.
    Expr set;
    std::vector<SolutionStep> steps;
};

Solution unknownSolution(ProblemKind kind, std::string reason);
Solution unreadable(ProblemKind kind, const ParseError& error);

Solution solve(const Expr& problem, const SolveOptions& options, const Budget& budget);

// The same from text, with words in front: solve, compute; differentiate, integrate; eigenvalues of, mean of ...
Solution solveText(std::string_view text, const SolveOptions& options, const Budget& budget);

} // namespace lemma::tutor
