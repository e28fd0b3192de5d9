#pragma once
// Several unknowns at once: systems of equations, and answers that give each unknown its value.
//
//     compareSystems(*parseMath("x + y = 3, x - y = 1"), *parseMath("x = 2, y = 1"), policy, budget)      Equal
//     compareSystems(*parseMath("(x, y) = (2, 1)"), *parseMath("y = 1, x = 2"), policy, budget)           Equal
//     compareSystems(*parseMath("(2, 1)"), *parseMath("y = 1, x = 2"), policy, budget)    Equal: x before y

#include <map>
#include <optional>
#include <string>

#include "tutor/checker/policy.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

// Names and values, of "x = 1, y = 2" and "(x, y) = (1, 2)"; nothing where a name comes twice or a value is missing.
std::optional<std::map<std::string, Expr>> assignmentsOf(const Expr& e);

// Nothing where the two are no systems: then they are compared part by part.
std::optional<Verdict> compareSystems(const Expr& gold, const Expr& answer, const Policy& policy, const Budget& budget);

} // namespace lemma::tutor
