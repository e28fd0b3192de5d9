#pragma once
// A finite list that holds every real zero of an expression, found by steps each of which loses none: squaring, taking
// logarithms, cases of an absolute value. Some of the list may be no zeros: who uses it substitutes (real_value.h).
//
//     ZeroSearch search("x", budget);
//     search.find(*parseMath("\\sqrt{x+2} - x"))       true; candidates(): -1 and 2, of which -1 is no zero
//
// One file a family: radicals, exponentials, logarithms. What is none of them, or leads to a polynomial without known
// roots, is not found.

#include <string>
#include <utility>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/solution_step.h"

namespace lemma::tutor {

class ZeroSearch {
public:
    ZeroSearch(std::string variable, const Budget& budget, int depth = 0)
        : m_variable(std::move(variable)), m_budget(budget), m_depth(depth)
    {
    }

    bool find(const Expr& expr);

    const std::vector<Expr>& candidates() const { return m_candidates; }
    // Somewhere on the way an equation held for every value: the zeros may be an interval.
    bool metIdentity() const { return m_identity; }
    const std::vector<SolutionStep>& steps() const { return m_steps; }

private:
    bool rational(const Expr& e, bool& fits);
    bool constantCoefficients(const Expr& e, bool& fits);
    bool absoluteValue(const Expr& e, bool& fits);
    bool radical(const Expr& e, bool& fits);     // zero_radical.cpp
    bool exponential(const Expr& e, bool& fits); // zero_exponential.cpp
    bool twoBases(const Expr& e);
    bool logarithm(const Expr& e, bool& fits); // zero_logarithm.cpp
    bool oneLogarithm(const Expr& e, const Expr& atom);

    // The zeros of e, which follows from what was to be solved, are candidates.
    bool follow(Action action, const Expr& from, const Expr& next);
    bool take(ZeroSearch&& inner);
    void write(Action action, const Expr& from, const Expr& to);
    std::vector<Expr> atomsOf(const Expr& e, bool (*fits)(const Expr&)) const; // that depend on the variable
    std::string freshName(const Expr& e) const;

    std::string m_variable;
    const Budget& m_budget;
    int m_depth;
    bool m_identity = false;
    std::vector<Expr> m_candidates;
    std::vector<SolutionStep> m_steps;
};

// The expression as a polynomial in a letter: coefficients from the constant one up. Empty where it is none.
std::vector<Expr> coefficientsIn(const Expr& e, const std::string& letter, const Budget& budget);

// log_base(value) in the simplest form: 3 for log_2 8, ln 5, log_2 3.
Expr logarithmOf(const Expr& value, const Expr& base, const Budget& budget);

} // namespace lemma::tutor
