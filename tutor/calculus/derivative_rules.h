#pragma once
// The table of derivatives of the functions that have one name: what stands in front of the inner derivative.
//
//     outerDerivative("sin", u)      cos(u)
//     outerDerivative("asin", u)     1/sqrt(1 - u^2)
//
// Null for a function without a derivative in closed form (floor, gcd, factorial ...).

#include <string>

#include "tutor/math/expression.h"

namespace lemma::tutor {

Expr outerDerivative(const std::string& function, const Expr& argument);

} // namespace lemma::tutor
