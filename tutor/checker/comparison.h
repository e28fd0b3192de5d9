#pragma once
// One comparison of two trees under a policy: numbers, relations, sets, intervals, tuples and matrices, part by part.
// What equality.h and grade.h are made of; use those.

#include <optional>
#include <vector>

#include "tutor/checker/policy.h"
#include "tutor/checker/verdict.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

class Comparison {
public:
    Comparison(const Policy& policy, const Budget& budget) : m_policy(policy), m_budget(budget) {}

    Verdict compare(const Expr& gold, const Expr& answer) const;

private:
    Expr prepared(const Expr& e, const Expr& other) const;
    std::optional<Verdict> sets(const Expr& gold, const Expr& answer) const;
    Verdict relations(const Expr& gold, const Expr& answer) const;
    Verdict collections(const Expr& gold, const Expr& answer) const;
    Verdict matrices(const Expr& gold, const Expr& answer) const;
    Verdict ordered(const std::vector<Expr>& gold, const std::vector<Expr>& answer) const;
    Verdict unordered(const std::vector<Expr>& gold, const std::vector<Expr>& answer) const;
    Verdict eachAmong(const std::vector<Expr>& items, const std::vector<Expr>& among, bool itemsAreGold) const;
    Verdict values(const Expr& gold, const Expr& answer) const;
    Verdict numbers(const Expr& gold, const Expr& answer) const;

    const Policy& m_policy;
    const Budget& m_budget;
};

} // namespace lemma::tutor
