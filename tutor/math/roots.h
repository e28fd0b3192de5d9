#pragma once
// A polynomial cut into factors that are irreducible over the rational numbers, and the exact roots of each.
//
//     for (const Factor& factor : factorsOf(p))          // x^3 - 2x = x (x^2 - 2)
//         factor.roots                                   // 0; then sqrt(2), -sqrt(2)
//
// Roots are found of factors of degree 1 and 2 and of a x^n + b. `complete` says whether they are all: their number was
// compared with the number of real roots by Sturm's theorem, or with the degree where complex ones are wanted.

#include <cstdint>
#include <vector>

#include "tutor/math/polynomial.h"

namespace lemma::tutor {

enum class Domain : std::uint8_t { Real, Complex };

struct Factor {
    Polynomial polynomial; // whole coefficients, positive leading one
    long multiplicity = 1;
    bool complete = false;
    std::vector<Expr> roots;
    std::vector<double> order; // about where the roots lie (complex: their real part), only for sorting what is printed
    // Of degree 1 and 2 the roots are center - and + coefficient * sqrt(radicand), in the order of `roots`.
    Rational center;
    Rational coefficient;
    Rational radicand;
};

// Not for the zero polynomial.
std::vector<Factor> factorsOf(const Polynomial& polynomial, Domain domain);

// c (x - 1)^2 (x + 2): constant and factors multiplied, as a tree.
Expr factoredExpression(const Polynomial& polynomial, const std::vector<Factor>& factors, const std::string& variable);

} // namespace lemma::tutor
