#pragma once
// Exact solutions of a statement, as far as they are easy to find: by them two statements are told apart.
//
// With several variables: all but one get small numbers, and the equation is solved for the one in which it is linear.
// Systems of as many linear equations as variables are solved. Each solution that is returned was checked.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/working/statement.h"

namespace lemma::tutor {

// Solutions of `statement`, with values for all of `names`.
std::vector<Assignment> solutionPoints(const Statement& statement, const std::set<std::string>& names,
                                       const Budget& budget);

// The one solution of a system of linear equations; nothing where it has none or many, or is not such a system.
std::optional<Assignment> linearSolution(const Statement& statement, const Budget& budget);

} // namespace lemma::tutor
