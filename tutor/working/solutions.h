#pragma once
// Do two statements have the same real solutions? If not, which solution tells them apart?
//
//     compareSolutions(before, after, budget)
//         2x = 6        x = 3             Same, "exact"
//         x^2 = 9       x = 3             Lost, at x = -3
//         x = 3         x^2 = 9           Gained, at x = -3
//         3x + 5 = 20   3x = 25           Both
//
// With one variable the line of real numbers is cut at the critical points (critical_points.h), and both statements are
// decided at every one of them and once in between: "exact". Where that is not possible, and with several variables,
// one statement may still be a multiple of the other ("points": compared at many points); and a solution of one that is
// surely none of the other always proves a difference. Otherwise Unknown.

#include <optional>

#include "tutor/math/budget.h"
#include "tutor/working/statement.h"

namespace lemma::tutor {

enum class SolutionChange : unsigned char { Same, Lost, Gained, Both, Unknown };

struct SolutionComparison {
    SolutionChange change = SolutionChange::Unknown;
    std::string reason = "undecided"; // "exact" "points" "refuted" "undecided"
    std::optional<Assignment> lost;   // a solution of the first that is none of the second, the simplest found
    std::optional<Assignment> gained; // the other way round
    bool noneBefore = false, noneAfter = false; // proved: no real number makes the statement true
};

SolutionComparison compareSolutions(const Statement& before, const Statement& after, const Budget& budget);

} // namespace lemma::tutor
