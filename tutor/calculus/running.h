#pragma once
// Sums and products with bounds: exact values, closed forms of polynomial and geometric sums.
//
//     addUp(*parseMath("\\sum_{k=1}^{10} k^2"), budget)                385
//     addUp(*parseMath("\\sum_{k=1}^{n} k"), budget)                   n (n + 1)/2
//     addUp(*parseMath("\\sum_{k=0}^{\\infty} (1/2)^k"), budget)        2
//
// A closed form F of a polynomial sum was checked as polynomials: F(n) - F(n - 1) is the summand. Sums with a letter as
// a bound hold where the upper bound is not below the lower one.

#include <string>

#include <tl/expected.hpp>

#include "tutor/calculus/derivative.h"

namespace lemma::tutor {

tl::expected<Derivation, std::string> addUp(const Expr& running, const Budget& budget);

} // namespace lemma::tutor
