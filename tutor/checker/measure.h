#pragma once
// Numbers with a unit, a percent sign or a degree sign: what is compared in the end, under the policy.
//
//     measured(gold, answer, policy)        "5 m" and "500 cm": 5 and 500/100
//
// Internal to comparison.cpp.

#include <optional>
#include <vector>

#include "tutor/checker/policy.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

struct NumberPair {
    Expr gold;
    Expr answer;
};

struct Measured {
    std::optional<Verdict> verdict;   // decided by the units alone
    std::vector<NumberPair> readings; // otherwise: equal where one of these is
};

Measured measured(const Expr& gold, const Expr& answer, const Policy& policy);

} // namespace lemma::tutor
