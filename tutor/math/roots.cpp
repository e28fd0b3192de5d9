#include "tutor/math/roots.h"

#include <cmath>
#include <utility>

#include <flint/fmpz_poly.h>
#include <flint/fmpz_poly_factor.h>

namespace lemma::tutor {
namespace {

// n = square^2 * rest for whole n > 0, as far as small primes and a last perfect square show.
void splitSquare(const Rational& n, Rational& square, Rational& rest)
{
    square = Rational(1);
    rest = n;
    fmpz* left = fmpq_numref(rest.get());
    fmpz* root = fmpq_numref(square.get());
    for (unsigned long p = 2; p < 1000; ++p) {
        while (fmpz_divisible_si(left, static_cast<long>(p * p)) != 0) {
            fmpz_divexact_ui(left, left, p * p);
            fmpz_mul_ui(root, root, p);
        }
    }
    if (fmpz_is_square(left) != 0) {
        Rational whole;
        fmpz_sqrt(fmpq_numref(whole.get()), left);
        fmpz_mul(root, root, fmpq_numref(whole.get()));
        fmpz_one(left);
    }
}

Expr squareRoot(const Rational& radicand) { return makeNode(Kind::Root, "", {toExpression(radicand), integer(2)}); }

// coefficient * sqrt(radicand), for coefficient > 0 and radicand not 0; i is taken out.
Expr surd(const Rational& coefficient, const Rational& radicand)
{
    Rational size;
    fmpq_abs(size.get(), radicand.get());
    std::vector<Expr> factors;
    Rational top(coefficient);
    fmpz_one(fmpq_denref(top.get()));
    if (fmpq_is_one(top.get()) == 0)
        factors.push_back(toExpression(top));
    if (fmpq_is_one(size.get()) == 0)
        factors.push_back(squareRoot(size));
    if (fmpq_sgn(radicand.get()) < 0)
        factors.push_back(constant("i"));
    if (factors.empty())
        factors.push_back(integer(1));
    Expr result = factors.size() == 1 ? factors[0] : makeNode(Kind::Multiply, "", std::move(factors));
    Rational bottom;
    fmpz_set(fmpq_numref(bottom.get()), fmpq_denref(coefficient.get()));
    return fmpq_is_one(bottom.get()) != 0 ? result : divide(std::move(result), toExpression(bottom));
}

void linearRoot(Factor& factor)
{
    const Rational a = factor.polynomial.coefficient(1);
    const Rational b = factor.polynomial.coefficient(0);
    fmpq_div(factor.center.get(), b.get(), a.get());
    fmpq_neg(factor.center.get(), factor.center.get());
    factor.roots = {toExpression(factor.center)};
    factor.order = {fmpq_get_d(factor.center.get())};
}

// a x^2 + b x + c: -b/(2a) +- (s / (2a)) sqrt(m), where b^2 - 4ac = s^2 m.
void quadraticRoots(Factor& factor, Domain domain)
{
    const Rational a = factor.polynomial.coefficient(2);
    const Rational b = factor.polynomial.coefficient(1);
    const Rational c = factor.polynomial.coefficient(0);
    Rational twiceA;
    fmpq_add(twiceA.get(), a.get(), a.get());
    Rational discriminant;
    Rational product;
    fmpq_mul(discriminant.get(), b.get(), b.get());
    fmpq_mul(product.get(), twiceA.get(), c.get());
    fmpq_sub(discriminant.get(), discriminant.get(), product.get());
    fmpq_sub(discriminant.get(), discriminant.get(), product.get());
    const int sign = fmpq_sgn(discriminant.get());
    if (sign < 0 && domain == Domain::Real)
        return;
    Rational size;
    fmpq_abs(size.get(), discriminant.get());
    Rational square;
    splitSquare(size, square, factor.radicand);
    if (sign < 0)
        fmpq_neg(factor.radicand.get(), factor.radicand.get());
    fmpq_div(factor.coefficient.get(), square.get(), twiceA.get());
    fmpq_div(factor.center.get(), b.get(), twiceA.get());
    fmpq_neg(factor.center.get(), factor.center.get());
    const double middle = fmpq_get_d(factor.center.get());
    const double reach =
        sign < 0 ? 0 : fmpq_get_d(factor.coefficient.get()) * std::sqrt(fmpq_get_d(factor.radicand.get()));
    factor.order = {middle - reach, middle + reach};
    const Expr part = surd(factor.coefficient, factor.radicand);
    if (fmpq_is_zero(factor.center.get()) != 0)
        factor.roots = {negate(part), part};
    else
        factor.roots = {subtract(toExpression(factor.center), part), add({toExpression(factor.center), part})};
}

// a x^n + b over the real numbers.
void pureRoots(Factor& factor)
{
    const long degree = factor.polynomial.degree();
    for (long power = 1; power < degree; ++power)
        if (fmpq_is_zero(factor.polynomial.coefficient(power).get()) == 0)
            return;
    Rational ratio;
    const Rational a = factor.polynomial.coefficient(degree);
    const Rational b = factor.polynomial.coefficient(0);
    fmpq_div(ratio.get(), b.get(), a.get());
    const bool negative = fmpq_sgn(ratio.get()) > 0; // x^n = -ratio
    fmpq_abs(ratio.get(), ratio.get());
    const Expr root = makeNode(Kind::Root, "", {toExpression(ratio), integer(degree)});
    const double size = std::pow(fmpq_get_d(ratio.get()), 1.0 / static_cast<double>(degree));
    factor.order = {degree % 2 == 1 && !negative ? size : -size, size};
    if (degree % 2 == 1)
        factor.roots = {negative ? negate(root) : root};
    else if (!negative)
        factor.roots = {negate(root), root};
}

void findRoots(Factor& factor, const fmpz_poly_struct* irreducible, Domain domain)
{
    const long degree = factor.polynomial.degree();
    if (degree == 1)
        linearRoot(factor);
    else if (degree == 2)
        quadraticRoots(factor, domain);
    else if (domain == Domain::Real)
        pureRoots(factor);
    const long expected = domain == Domain::Complex ? degree : fmpz_poly_num_real_roots(irreducible);
    factor.complete = static_cast<long>(factor.roots.size()) == expected;
}

} // namespace

std::vector<Factor> factorsOf(const Polynomial& polynomial, Domain domain)
{
    fmpz_poly_t whole;
    fmpz_poly_init(whole);
    fmpq_poly_get_numerator(whole, polynomial.get());
    fmpz_poly_factor_t found;
    fmpz_poly_factor_init(found);
    fmpz_poly_factor(found, whole);
    std::vector<Factor> factors;
    for (long i = 0; i < found->num; ++i) {
        Factor factor;
        if (fmpz_sgn(fmpz_poly_lead(found->p + i)) < 0)
            fmpz_poly_neg(found->p + i, found->p + i);
        fmpq_poly_set_fmpz_poly(factor.polynomial.get(), found->p + i);
        factor.multiplicity = found->exp[i];
        findRoots(factor, found->p + i, domain);
        factors.push_back(std::move(factor));
    }
    fmpz_poly_factor_clear(found);
    fmpz_poly_clear(whole);
    return factors;
}

Expr factoredExpression(const Polynomial& polynomial, const std::vector<Factor>& factors, const std::string& variable)
{
    Polynomial rest = polynomial;
    std::vector<Expr> parts;
    for (const Factor& factor : factors) {
        for (long i = 0; i < factor.multiplicity; ++i)
            rest = exactQuotient(rest, factor.polynomial);
        Expr part = toExpression(factor.polynomial, variable);
        parts.push_back(factor.multiplicity == 1 ? part : power(part, integer(factor.multiplicity)));
    }
    const Rational content = rest.coefficient(0);
    if (fmpq_is_one(content.get()) == 0)
        parts.insert(parts.begin(), toExpression(content));
    return parts.size() == 1 ? parts[0] : makeNode(Kind::Multiply, "", std::move(parts));
}

} // namespace lemma::tutor
