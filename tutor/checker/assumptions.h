#pragma once
// What may be taken for granted about the variables: conditions that the question states.
//
//     Assumptions given;
//     given.assume("x > 0");  given.assume("n \\in \\mathbb{Z}");  given.assume("0 < t < 1");
//     compare(*parseMath("\\sqrt{x^2}"), *parseMath("x"), given, budget)      Equal; Different without
//
// A value, safe to share between threads.

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "tutor/math/ball.h"
#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

class Assumptions {
public:
    // A relation (or a chain) of numbers and variables, or "v in Z" (also N, Q, R). Fails for anything else.
    engine::Result<> assume(std::string_view condition);

    const std::vector<std::string>& conditions() const { return m_texts; }
    bool empty() const { return m_texts.empty(); }

    bool isInteger(const std::string& name) const;
    bool isPositive(const std::string& name) const;    // stated outright, as x > 0 or x > 3
    bool isNonnegative(const std::string& name) const; // the same with >=

    // Whether all conditions surely hold there. A variable that the point lacks makes its conditions not hold.
    bool admit(const Point& point, const Budget& budget) const;

    // Numbers that stand in the conditions: points worth trying lie beside them.
    std::vector<Rational> landmarks() const;

private:
    std::vector<std::string> m_texts;
    std::vector<Expr> m_relations;
};

} // namespace lemma::tutor
