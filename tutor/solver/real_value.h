#pragma once
// Constants over the real numbers: have they a value, what is its sign, which one is larger.
//
//     hasRealValue(*parseMath("\\ln(\\sqrt2 - 2)"), budget)        Truth::No
//     signOf(*parseMath("\\sqrt8 - 2\\sqrt2"), budget)             0
//
// By interval arithmetic, and exactly where that cannot tell a number from zero. Nothing is guessed: no answer, or
// Unknown, where neither decides.

#include <optional>
#include <string>
#include <vector>

#include "tutor/math/ball.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

std::optional<int> signOf(const Expr& constant, const Budget& budget);

// Every denominator is not zero, what stands under an even root not negative, what a logarithm is taken of positive,
// what an arcsine or arccosine is taken of between -1 and 1.
Truth hasRealValue(const Expr& constant, const Budget& budget);

// Whether a value of the variable makes the expression zero; No also where the expression has no value there.
Truth isZeroAt(const Expr& expr, const std::string& variable, const Expr& value, const Budget& budget);

// Ascending, equal ones once; false where two of them could not be told apart.
bool sortDistinct(std::vector<Expr>& constants, const Budget& budget);

} // namespace lemma::tutor
