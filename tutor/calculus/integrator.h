#pragma once
// The search for an antiderivative, one method a file; use integral.h. What it returns is not checked yet.

#include <string>
#include <utility>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/solution_step.h"

namespace lemma::tutor {

class Integrator {
public:
    // A factor of the integrand as a power; exponentials keep theirs: e^(2x) is {e^(2x), 1}.
    struct Factor {
        Expr base;
        Expr exponent;
    };

    Integrator(std::string variable, const Budget& budget, int depth = 0)
        : m_variable(std::move(variable)), m_budget(budget), m_depth(depth)
    {
    }

    Expr find(const Expr& integrand); // null: no method fits
    const std::vector<SolutionStep>& steps() const { return m_steps; }

private:
    // integral.cpp
    Expr withoutConstants(const Expr& e);
    std::vector<Factor> factorsOf(const Expr& e) const;
    void write(Action action, const Expr& from, const Expr& to);
    Expr shown(const Expr& e) const;   // the integral of e, as notation
    Expr slopeOf(const Expr& e) const; // of a linear expression; null for any other
    Expr bySubstitution(const Expr& e);

    Expr fromTable(const Factor& factor) const; // integral_table.cpp
    Expr inverseRootOfQuadratic(const Expr& base) const;
    Expr byParts(const Expr& e, const std::vector<Factor>& factors); // integral_parts.cpp
    Expr exponentialTimesWave(const std::vector<Factor>& factors) const;
    Expr rational(const Expr& e); // integral_rational.cpp

    std::string m_variable;
    const Budget& m_budget;
    int m_depth;
    std::vector<SolutionStep> m_steps;
};

} // namespace lemma::tutor
