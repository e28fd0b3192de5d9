// Quotients of polynomials: division with remainder, partial fractions, and the integral of each part.
#include <utility>

#include <flint/fmpq_mat.h>

#include "tutor/calculus/integrator.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_function.h"
#include "tutor/math/rational_value.h"
#include "tutor/math/roots.h"

namespace lemma::tutor {
namespace {

Expr call(const char* name, const Expr& u) { return function(name, {u}); }
Expr logOf(const Expr& u) { return call("ln", call("abs", u)); }
Expr root(const Expr& e) { return makeNode(Kind::Root, "", {e, integer(2)}); }
Expr product(Expr a, Expr b) { return makeNode(Kind::Multiply, "", {std::move(a), std::move(b)}); }

// (B x + C)/q^k or A/f^k: numerators of degree below that of the irreducible factor.
struct Part {
    Polynomial numerator;
    Polynomial factor;
    long exponent;
};

Polynomial powerOf(const Polynomial& base, long exponent)
{
    Polynomial result;
    fmpq_poly_pow(result.get(), base.get(), static_cast<unsigned long>(exponent));
    return result;
}

// top/bottom = sum of the parts, the coefficients found by comparing powers of x. Empty for factors that are not
// integrated here.
std::vector<Part> decompose(const Polynomial& top, const Polynomial& bottom)
{
    std::vector<Part> parts;
    std::vector<Polynomial> columns;
    for (const Factor& factor : factorsOf(bottom, Domain::Real)) {
        const long degree = factor.polynomial.degree();
        if (degree > 2 || (degree == 2 && factor.multiplicity > 1))
            return {};
        for (long k = 1; k <= factor.multiplicity; ++k) {
            const Polynomial rest = exactQuotient(bottom, powerOf(factor.polynomial, k));
            columns.push_back(rest);
            if (degree == 2)
                columns.push_back(rest * Polynomial::variable());
            parts.push_back({Polynomial(), factor.polynomial, k});
        }
    }
    const long n = bottom.degree();
    if (static_cast<long>(columns.size()) != n)
        return {};
    fmpq_mat_t system, right, solution;
    fmpq_mat_init(system, n, n);
    fmpq_mat_init(right, n, 1);
    fmpq_mat_init(solution, n, 1);
    for (long row = 0; row < n; ++row) {
        for (long column = 0; column < n; ++column)
            fmpq_poly_get_coeff_fmpq(fmpq_mat_entry(system, row, column),
                                     columns[static_cast<std::size_t>(column)].get(), row);
        fmpq_poly_get_coeff_fmpq(fmpq_mat_entry(right, row, 0), top.get(), row);
    }
    const bool solved = fmpq_mat_solve(solution, system, right) != 0;
    long row = 0;
    for (Part& part : parts)
        for (long power = 0; power < part.factor.degree() && solved; ++power)
            fmpq_poly_set_coeff_fmpq(part.numerator.get(), power, fmpq_mat_entry(solution, row++, 0));
    fmpq_mat_clear(system);
    fmpq_mat_clear(right);
    fmpq_mat_clear(solution);
    return solved ? parts : std::vector<Part>{};
}

Expr writtenPart(const Part& part, const std::string& variable)
{
    const Expr factor = toExpression(part.factor, variable);
    return divide(toExpression(part.numerator, variable),
                  part.exponent == 1 ? factor : power(factor, integer(part.exponent)));
}

// A/(a x + b)^k
Expr linearPart(const Part& part, const std::string& variable)
{
    const Expr factor = toExpression(part.factor, variable);
    Rational scale;
    fmpq_div(scale.get(), part.numerator.coefficient(0).get(), part.factor.coefficient(1).get());
    if (part.exponent == 1)
        return product(rationalExpr(scale), logOf(factor));
    fmpq_div_fmpz(scale.get(), scale.get(), fmpq_numref(Rational(1 - part.exponent).get()));
    return product(rationalExpr(scale), power(factor, integer(1 - part.exponent)));
}

// (B x + C)/(a x^2 + b x + c) = B/(2a) q'/q + (C - B b/(2a))/q
Expr quadraticPart(const Part& part, const std::string& variable, const Budget& budget)
{
    const Expr q = toExpression(part.factor, variable);
    const Expr a = rationalExpr(part.factor.coefficient(2)), b = rationalExpr(part.factor.coefficient(1)),
               c = rationalExpr(part.factor.coefficient(0));
    const Expr slope = add({multiply({integer(2), a, symbol(variable)}), b});
    const Expr inFront =
        simplified(divide(rationalExpr(part.numerator.coefficient(1)), product(integer(2), a)), budget);
    const Expr left = simplified(subtract(rationalExpr(part.numerator.coefficient(0)), product(inFront, b)), budget);
    const Expr size = simplified(subtract(multiply({integer(4), a, c}), power(b, integer(2))), budget);
    const bool noRealRoots = writtenNumber(size)->sign() > 0;
    const Expr r = root(noRealRoots ? size : negate(size));
    const Expr logarithm = noRealRoots ? call("ln", q) : logOf(q);
    const Expr rest = noRealRoots ? divide(multiply({integer(2), left, call("atan", divide(slope, r))}), r)
                                  : divide(product(left, logOf(divide(subtract(slope, r), add({slope, r})))), r);
    return add({product(inFront, logarithm), rest});
}

} // namespace

Expr Integrator::rational(const Expr& e)
{
    const auto read = readRationalFunction(e, m_variable);
    if (!read || read->bottom.degree() < 1 || read->bottom.degree() > 12)
        return nullptr;
    const Polynomial common = greatestCommonDivisor(read->top, read->bottom);
    const Polynomial top = exactQuotient(read->top, common), bottom = exactQuotient(read->bottom, common);
    Polynomial whole, rest;
    fmpq_poly_divrem(whole.get(), rest.get(), top.get(), bottom.get());
    const std::vector<Part> parts = decompose(rest, bottom);
    if (parts.empty() && bottom.degree() > 0)
        return nullptr;
    std::vector<Expr> written, values;
    if (!whole.isZero()) {
        written.push_back(toExpression(whole, m_variable));
        Integrator inner(m_variable, m_budget, m_depth + 1);
        values.push_back(inner.find(written.back()));
    }
    for (const Part& part : parts) {
        if (part.numerator.isZero())
            continue;
        written.push_back(writtenPart(part, m_variable));
        values.push_back(part.factor.degree() == 1 ? linearPart(part, m_variable)
                                                   : quadraticPart(part, m_variable, m_budget));
    }
    const auto together = [](std::vector<Expr> terms) { return terms.size() == 1 ? terms[0] : add(std::move(terms)); };
    if (values.empty() || !values[0])
        return nullptr;
    const Expr value = together(std::move(values)), sum = simplified(together(std::move(written)), m_budget);
    if (!sameTree(sum, e))
        write(Action::PartialFractions, shown(e), shown(sum));
    write(Action::KnownIntegral, shown(sum), simplified(value, m_budget));
    return value;
}

} // namespace lemma::tutor
