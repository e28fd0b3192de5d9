#pragma once
// Integrals by the methods of the school: powers, exponentials, trigonometric functions and logarithms of a linear
// argument, substitution, parts, partial fractions.
//
//     auto f = integrate(*parseMath("x e^{2x}"), "x", budget);
//     toPlain(f->value)          x e^(2 x)/2 - e^(2 x)/4       without the constant
//     integrateBetween(*parseMath("\\int_0^1 x^2\\,dx"), budget)      1/3
//
// An antiderivative is returned only if its derivative was proved to be the integrand. A definite integral is the
// difference of the antiderivative at the bounds, and only if Arb's rigorous integration (quadrature.h) shows that the
// integrand is bounded between them, and encloses the same value to twelve digits at least: an antiderivative with a
// jump, or an integrand with a pole, is found out. Otherwise the error says what is missing.

#include <string>

#include <tl/expected.hpp>

#include "tutor/calculus/derivative.h"

namespace lemma::tutor {

tl::expected<Derivation, std::string> integrate(const Expr& body, const std::string& variable, const Budget& budget);

// `integral`: with bounds.
tl::expected<Derivation, std::string> integrateBetween(const Expr& integral, const Budget& budget);

} // namespace lemma::tutor
