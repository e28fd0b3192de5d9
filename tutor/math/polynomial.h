#pragma once
// FLINT's polynomials with rational coefficients in one variable, as a C++ value.
//
//     Polynomial p = Polynomial::variable() * Polynomial::constant(Rational(2));      // 2x
//     toExpression(p, "x")                                                            // 2 x
//
// Nothing here is bounded: who multiplies asks withinLimits() first.

#include <string>

#include <flint/fmpq_poly.h>

#include "tutor/math/expression.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {

class Polynomial {
public:
    Polynomial() { fmpq_poly_init(m_value); }
    Polynomial(const Polynomial& other) : Polynomial() { fmpq_poly_set(m_value, other.m_value); }
    Polynomial& operator=(const Polynomial& other)
    {
        fmpq_poly_set(m_value, other.m_value);
        return *this;
    }
    ~Polynomial() { fmpq_poly_clear(m_value); }

    static Polynomial constant(const Rational& value);
    static Polynomial variable();

    fmpq_poly_struct* get() { return m_value; }
    const fmpq_poly_struct* get() const { return m_value; }

    long degree() const { return fmpq_poly_degree(m_value); } // -1: the zero polynomial
    bool isZero() const { return fmpq_poly_is_zero(m_value) != 0; }
    long bits() const; // of the largest coefficient
    Rational coefficient(long power) const;
    bool dividesInto(const Polynomial& other) const;

private:
    fmpq_poly_t m_value;
};

Polynomial operator+(const Polynomial& a, const Polynomial& b);
Polynomial operator-(const Polynomial& a);
Polynomial operator*(const Polynomial& a, const Polynomial& b);
Polynomial exactQuotient(const Polynomial& a, const Polynomial& b);
Polynomial greatestCommonDivisor(const Polynomial& a, const Polynomial& b);

Expr toExpression(const Rational& value);
Expr toExpression(const Polynomial& polynomial, const std::string& variable); // highest power first

} // namespace lemma::tutor
