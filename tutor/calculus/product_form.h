#pragma once
// A product as a rational coefficient and powers of bases that differ: what simplify.h puts together and takes apart.
//
//     ProductForm p;
//     p.multiply(symbol("x"), integer(2));  p.multiply(symbol("x"), negate(integer(3)));
//     p.expression()                                                   1/x
//
// Bases and exponents that are handed in must be simplified already.

#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {

class ProductForm {
public:
    struct Factor {
        Expr base;
        Expr exponent;
    };

    explicit ProductForm(const Budget& budget) : m_budget(&budget), m_coefficient(1) {}

    const Rational& coefficient() const { return m_coefficient; }
    const std::vector<Factor>& factors() const { return m_factors; }
    bool isNumber() const { return m_factors.empty(); }
    // The sum that stands alone behind the coefficient; null where there is none.
    Expr loneSum() const;

    void scale(const Rational& by);
    void setCoefficient(const Rational& value) { m_coefficient = value; }
    void multiply(const Expr& base, const Expr& exponent);
    void multiply(const ProductForm& other);
    ProductForm raised(const Expr& exponent) const; // an integer, or anything that makes it one factor

    Expr expression() const;

private:
    void multiplyNumber(const Rational& base, const Rational& exponent);
    void multiplySurd(const Rational& base, const Rational& exponent);

    const Budget* m_budget;
    Rational m_coefficient;
    std::vector<Factor> m_factors;
};

} // namespace lemma::tutor
