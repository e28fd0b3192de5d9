#pragma once
// An interval in which solutions are asked for.
//
//     intervalOf(*parseMath("0 \\le x < 2\\pi"), "x")      from 0, included, to 2 pi, not included

#include <optional>
#include <string>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

// A null end: none is given.
struct Interval {
    Expr from, to;
    bool fromIncluded = false, toIncluded = false;
};

// 0 <= x < 2 pi, x > 3, x in [0, 1): what it says about the variable. Empty for any other condition.
std::optional<Interval> intervalOf(const Expr& condition, const std::string& variable);

Truth liesIn(const Expr& value, const Interval& interval, const Budget& budget);

} // namespace lemma::tutor
