#pragma once
// A tree in one variable as a quotient of polynomials, with what must not be zero.
//
//     readRationalFunction(*parseMath("1/(x-1) + 2"), "x")      top 2x - 1, bottom x - 1, excluded x - 1
//
// Nothing is cancelled between top and bottom: x^2/x keeps its gap at 0, for `excluded` is the product of everything
// that was divided by. Empty for trees that are no such quotient, and for those beyond the limits of withinLimits().

#include <optional>
#include <string>

#include "tutor/math/polynomial.h"

namespace lemma::tutor {

struct RationalFunction {
    Polynomial top;
    Polynomial bottom;
    Polynomial excluded;
};

// Factoring is not interruptible, so its input is kept small enough to end in milliseconds.
bool withinLimits(const Polynomial& polynomial);

std::optional<RationalFunction> readRationalFunction(const Expr& expr, const std::string& variable);

// a - b, over the least common denominator.
std::optional<RationalFunction> difference(const RationalFunction& a, const RationalFunction& b);

} // namespace lemma::tutor
