#pragma once
// Expansions in powers of a small t > 0 with rational coefficients, exact up to a known order.
//
//     expansionOf(*parseMath("\\sin(t)/t"), "t", budget)        1 - t^2/6 + ... + O(t^24)
//
// Covers quotients, roots, absolute values, and functions that are analytic at the rational point where their argument
// starts (sin at 0, ln at 1 ...), composed at will. Empty for everything else, and where a leading term could not be
// told apart from zero.

#include <optional>
#include <string>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/polynomial.h"

namespace lemma::tutor {

struct Expansion {
    static constexpr long exact = 1L << 20;

    long valuation = 0; // t^valuation times the polynomial, whose constant term is not zero unless all of it is
    Polynomial coefficients;
    long order = exact; // what is missing is O(t^order); exact: nothing is missing

    bool isZero() const { return coefficients.isZero(); } // as far as the order goes
    Rational leading() const { return coefficients.coefficient(0); }
};

std::optional<Expansion> expansionOf(const Expr& expr, const std::string& variable, const Budget& budget);

} // namespace lemma::tutor
