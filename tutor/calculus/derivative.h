#pragma once
// Derivatives by the rules of the school, each use of a rule a step.
//
//     auto d = differentiate(*parseMath("x^2 \\sin x"), "x", budget);
//     toPlain(d->value)          2 x sin(x) + x^2 cos(x)
//     d->steps                   product rule, power rule, the derivative of the sine, simplify
//
// The other letters are constants, but y is refused where x is the variable: it may depend on x. The simplified result
// was compared with what the rules gave, at points, by interval arithmetic. Where there is no derivative in closed form
// (floor, gcd, an unbounded product), the error says which part.

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/solution_step.h"

namespace lemma::tutor {

struct Derivation {
    Expr value;
    std::vector<SolutionStep> steps;
};

tl::expected<Derivation, std::string> differentiate(const Expr& body, const std::string& variable,
                                                    const Budget& budget);

// d^order/dx^order body, as the notation writes it: order a whole number from 1 to 10.
tl::expected<Derivation, std::string> differentiateNotation(const Expr& derivative, const Budget& budget);

Expr derivativeOf(Expr body, const std::string& variable); // the notation, not the value

// Whether the tree depends on it: free occurrences.
bool dependsOn(const Expr& expr, const std::string& variable);

} // namespace lemma::tutor
