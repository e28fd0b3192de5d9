#include "tutor/math/polynomial.h"

#include <cstdlib>
#include <utility>
#include <vector>

#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

// c x^n for c > 0.
Expr term(const Rational& coefficient, long power, const std::string& variable)
{
    if (power == 0)
        return toExpression(coefficient);
    Expr x = symbol(variable);
    if (power > 1)
        x = lemma::tutor::power(x, integer(power));
    if (fmpq_is_one(coefficient.get()) != 0)
        return x;
    return makeNode(Kind::Multiply, "", {toExpression(coefficient), std::move(x)});
}

} // namespace

Polynomial Polynomial::constant(const Rational& value)
{
    Polynomial result;
    fmpq_poly_set_fmpq(result.get(), value.get());
    return result;
}

Polynomial Polynomial::variable()
{
    Polynomial result;
    fmpq_poly_set_coeff_si(result.get(), 1, 1);
    return result;
}

long Polynomial::bits() const
{
    const long top = std::abs(_fmpz_vec_max_bits(m_value->coeffs, m_value->length));
    return top + static_cast<long>(fmpz_bits(m_value->den));
}

Rational Polynomial::coefficient(long power) const
{
    Rational result;
    fmpq_poly_get_coeff_fmpq(result.get(), m_value, power);
    return result;
}

bool Polynomial::dividesInto(const Polynomial& other) const
{
    Polynomial remainder;
    fmpq_poly_rem(remainder.get(), other.get(), m_value);
    return remainder.isZero();
}

Polynomial operator+(const Polynomial& a, const Polynomial& b)
{
    Polynomial result;
    fmpq_poly_add(result.get(), a.get(), b.get());
    return result;
}

Polynomial operator-(const Polynomial& a)
{
    Polynomial result;
    fmpq_poly_neg(result.get(), a.get());
    return result;
}

Polynomial operator*(const Polynomial& a, const Polynomial& b)
{
    Polynomial result;
    fmpq_poly_mul(result.get(), a.get(), b.get());
    return result;
}

Polynomial exactQuotient(const Polynomial& a, const Polynomial& b)
{
    Polynomial result;
    fmpq_poly_div(result.get(), a.get(), b.get());
    return result;
}

Polynomial greatestCommonDivisor(const Polynomial& a, const Polynomial& b)
{
    Polynomial result;
    fmpq_poly_gcd(result.get(), a.get(), b.get());
    return result;
}

Expr toExpression(const Rational& value) { return rationalExpr(value); }

Expr toExpression(const Polynomial& polynomial, const std::string& variable)
{
    std::vector<Expr> terms;
    for (long power = polynomial.degree(); power >= 0; --power) {
        const Rational coefficient = polynomial.coefficient(power);
        const int sign = fmpq_sgn(coefficient.get());
        if (sign == 0)
            continue;
        Rational size;
        fmpq_abs(size.get(), coefficient.get());
        Expr part = term(size, power, variable);
        terms.push_back(sign < 0 ? negate(std::move(part)) : part);
    }
    if (terms.empty())
        return integer(0);
    return terms.size() == 1 ? terms[0] : add(std::move(terms));
}

} // namespace lemma::tutor
