#pragma once
// Rational functions of one variable with square roots adjoined: a + b \sqrt{r} + ..., a, b, r rational functions.
// Internal to criticalPoints.
//
// A sign of a root does not matter here: what is asked for are the zeros of the product over all signs (norm()), which
// holds the zeros of each. Absolute values and roots of squares are read with a sign that the caller chooses.

#include <optional>
#include <string>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/polynomial.h"

namespace lemma::tutor {

// numerators[mask] belongs to the product of the roots whose bits are set in mask.
struct RadicalFunction {
    std::vector<Polynomial> numerators;
    Polynomial denominator = Polynomial::constant(Rational(1));
};

class RadicalField {
public:
    RadicalField(std::string variable, const Budget& budget) : m_variable(std::move(variable)), m_budget(budget) {}

    // Bit k of `signs` chooses the sign of the k-th absolute value; after the call absoluteValues() says how many there
    // were. Nothing: not a function of this kind, or too large.
    std::optional<RadicalFunction> read(const Expr& expr, unsigned signs);
    std::size_t absoluteValues() const { return m_insides.size(); }

    // The numerator of the product over all signs of all roots; zero where the function is zero for some signs.
    std::optional<Polynomial> norm(const RadicalFunction& f) const;

    // Polynomials at whose zeros something that was read changes: denominators, radicands, insides of bars.
    const std::vector<Polynomial>& borders() const { return m_borders; }

private:
    using Value = std::optional<RadicalFunction>;

    Value node(const Node& node);
    Value root(const Value& radicand);
    Value absolute(const Value& inside);
    Value whole(const Value& base, long exponent);
    RadicalFunction constantOf(const Polynomial& p) const;
    Value sum(const Value& a, const Value& b) const;
    Value product(const Value& a, const Value& b) const;
    Value inverse(const Value& a);
    RadicalFunction conjugate(const RadicalFunction& f, std::size_t root) const;
    bool small(const RadicalFunction& f) const;

    std::string m_variable;
    const Budget& m_budget;
    unsigned m_signs = 0;
    std::vector<Polynomial> m_roots;   // radicands
    std::vector<Polynomial> m_insides; // of absolute values
    std::vector<Polynomial> m_borders;
};

} // namespace lemma::tutor
