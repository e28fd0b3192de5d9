#include "tutor/calculus/series.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "tutor/calculus/simplify.h"

namespace lemma::tutor {
namespace {

using Reading = std::optional<Expansion>;

constexpr long terms = 24; // of an expansion that does not end
constexpr long largestPower = 40;
constexpr long largestBits = 20'000;

Reading normal(Expansion e)
{
    if (e.coefficients.bits() > largestBits || e.coefficients.degree() > 400)
        return std::nullopt;
    if (e.order < Expansion::exact)
        fmpq_poly_truncate(e.coefficients.get(), std::max(0L, e.order - e.valuation));
    long shift = 0;
    while (shift <= e.coefficients.degree() && e.coefficients.coefficient(shift).sign() == 0)
        ++shift;
    if (!e.isZero() && shift > 0) {
        fmpq_poly_shift_right(e.coefficients.get(), e.coefficients.get(), shift);
        e.valuation += shift;
    }
    return e;
}

Expansion constantOf(const Rational& value) { return {0, Polynomial::constant(value), Expansion::exact}; }

Reading sum(const Expansion& a, const Expansion& b)
{
    Expansion result;
    result.valuation = std::min(a.valuation, b.valuation);
    result.order = std::min(a.order, b.order);
    Polynomial left, right;
    fmpq_poly_shift_left(left.get(), a.coefficients.get(), a.valuation - result.valuation);
    fmpq_poly_shift_left(right.get(), b.coefficients.get(), b.valuation - result.valuation);
    result.coefficients = left + right;
    return normal(std::move(result));
}

Reading product(const Expansion& a, const Expansion& b)
{
    Expansion result;
    result.valuation = a.valuation + b.valuation;
    result.coefficients = a.coefficients * b.coefficients;
    // The lowest power that a part which is not known can have.
    const long aLowest = a.isZero() ? a.order : a.valuation, bLowest = b.isZero() ? b.order : b.valuation;
    result.order = std::min({a.order + bLowest, b.order + aLowest, Expansion::exact});
    if ((a.isZero() && a.order == Expansion::exact) || (b.isZero() && b.order == Expansion::exact))
        return constantOf(Rational(0));
    if (a.order == Expansion::exact && b.order == Expansion::exact)
        result.order = Expansion::exact;
    return normal(std::move(result));
}

long knownTerms(const Expansion& e)
{
    return e.order == Expansion::exact ? terms : std::min(terms, e.order - e.valuation);
}

Reading reciprocal(const Expansion& e)
{
    const long n = knownTerms(e);
    if (e.isZero() || n <= 0)
        return std::nullopt;
    if (e.order == Expansion::exact && e.coefficients.degree() == 0) {
        Rational inverse;
        fmpq_inv(inverse.get(), e.leading().get());
        return Expansion{-e.valuation, Polynomial::constant(inverse), Expansion::exact};
    }
    Expansion result;
    result.valuation = -e.valuation;
    result.order = result.valuation + n;
    fmpq_poly_inv_series(result.coefficients.get(), e.coefficients.get(), n);
    return normal(std::move(result));
}

Reading wholePower(const Expansion& base, long n)
{
    if (n < -largestPower || n > largestPower)
        return std::nullopt;
    Reading factor = n < 0 ? reciprocal(base) : Reading(base);
    Reading result = constantOf(Rational(1));
    if (n == 0 && base.isZero())
        return std::nullopt;
    for (long i = 0; i < (n < 0 ? -n : n) && result && factor; ++i)
        result = product(*result, *factor);
    return factor ? result : std::nullopt;
}

// t^v c (1 + u) has the root t^(v/n) c^(1/n) exp(ln(1 + u)/n), for t > 0 and a rational root of c.
Reading rootOf(const Expansion& e, long n)
{
    if (e.isZero() || n < 2 || n > largestPower || e.valuation % n != 0)
        return std::nullopt;
    const Rational leading = e.leading();
    const bool negative = leading.sign() < 0;
    if (negative && n % 2 == 0)
        return std::nullopt;
    Rational size, root;
    fmpq_abs(size.get(), leading.get());
    if (fmpz_root(fmpq_numref(root.get()), fmpq_numref(size.get()), n) == 0 ||
        fmpz_root(fmpq_denref(root.get()), fmpq_denref(size.get()), n) == 0)
        return std::nullopt;
    const long known = knownTerms(e);
    Expansion result;
    fmpq_poly_scalar_div_fmpq(result.coefficients.get(), e.coefficients.get(), leading.get());
    fmpq_poly_log_series(result.coefficients.get(), result.coefficients.get(), known);
    fmpq_poly_scalar_div_si(result.coefficients.get(), result.coefficients.get(), n);
    fmpq_poly_exp_series(result.coefficients.get(), result.coefficients.get(), known);
    if (negative)
        fmpq_neg(root.get(), root.get());
    fmpq_poly_scalar_mul_fmpq(result.coefficients.get(), result.coefficients.get(), root.get());
    result.valuation = e.valuation / n;
    result.order =
        e.order == Expansion::exact && e.coefficients.degree() == 0 ? Expansion::exact : result.valuation + known;
    return normal(std::move(result));
}

// Functions that are analytic where their argument starts: at 0, the logarithm at 1.
Reading analytic(const std::string& name, const Expansion& argument)
{
    using Function = void (*)(fmpq_poly_t, const fmpq_poly_t, slong);
    static const std::unordered_map<std::string_view, Function> table = {
        {"exp", fmpq_poly_exp_series},     {"sin", fmpq_poly_sin_series},     {"cos", fmpq_poly_cos_series},
        {"tan", fmpq_poly_tan_series},     {"asin", fmpq_poly_asin_series},   {"atan", fmpq_poly_atan_series},
        {"sinh", fmpq_poly_sinh_series},   {"cosh", fmpq_poly_cosh_series},   {"tanh", fmpq_poly_tanh_series},
        {"asinh", fmpq_poly_asinh_series}, {"atanh", fmpq_poly_atanh_series}, {"ln", fmpq_poly_log_series}};
    const auto found = table.find(name);
    const long n = std::min(terms, argument.order);
    if (found == table.end() || n <= 0 || (!argument.isZero() && argument.valuation < 0))
        return std::nullopt;
    Expansion result;
    fmpq_poly_shift_left(result.coefficients.get(), argument.coefficients.get(), argument.valuation);
    fmpq_poly_truncate(result.coefficients.get(), n);
    const Rational start = result.coefficients.coefficient(0);
    if (!(start == Rational(name == "ln" ? 1 : 0)))
        return std::nullopt;
    found->second(result.coefficients.get(), result.coefficients.get(), n);
    result.order = argument.isZero() && argument.order == Expansion::exact ? Expansion::exact : n;
    return normal(std::move(result));
}

class Expander {
public:
    Expander(const std::string& variable, const Budget& budget) : m_variable(variable), m_budget(budget) {}

    Reading read(const Expr& e)
    {
        if (!m_budget.spend(20))
            return std::nullopt;
        switch (e->kind) {
        case Kind::Number: {
            const auto value = rationalOf(e->text);
            return value ? normal(constantOf(*value)) : std::nullopt;
        }
        case Kind::Symbol:
            if (e->text != m_variable)
                return std::nullopt;
            return Expansion{1, Polynomial::constant(Rational(1)), Expansion::exact};
        case Kind::Add:
        case Kind::Mixed: return folded(e, sum);
        case Kind::Multiply: return folded(e, product);
        case Kind::Negate: {
            const Reading inner = read(e->args[0]);
            return inner ? product(*inner, constantOf(Rational(-1))) : std::nullopt;
        }
        case Kind::Percent: {
            const Reading inner = read(e->args[0]);
            return inner ? product(*inner, constantOf(Rational(1, 100))) : std::nullopt;
        }
        case Kind::Divide: {
            const Reading top = read(e->args[0]), bottom = read(e->args[1]);
            const Reading inverse = bottom ? reciprocal(*bottom) : std::nullopt;
            return top && inverse ? product(*top, *inverse) : std::nullopt;
        }
        case Kind::Root: return power(e->args[0], simplified(divide(integer(1), e->args[1]), m_budget));
        case Kind::Power: return power(e->args[0], simplified(e->args[1], m_budget));
        case Kind::Function: return call(e);
        default: return std::nullopt;
        }
    }

private:
    Reading folded(const Expr& e, Reading (*combine)(const Expansion&, const Expansion&))
    {
        Reading result = read(e->args[0]);
        for (std::size_t i = 1; i < e->args.size() && result; ++i) {
            const Reading next = read(e->args[i]);
            result = next ? combine(*result, *next) : std::nullopt;
        }
        return result;
    }

    Reading power(const Expr& base, const Expr& exponent)
    {
        if (base->kind == Kind::Constant && base->text == "e") {
            const Reading inner = read(exponent);
            return inner ? analytic("exp", *inner) : std::nullopt;
        }
        const auto number = writtenNumber(exponent);
        const Reading inner = read(base);
        if (!inner)
            return std::nullopt;
        if (!number) { // u^v = e^(v ln u)
            const Reading times = read(exponent), logarithm = analytic("ln", *inner);
            const Reading together = times && logarithm ? product(*times, *logarithm) : std::nullopt;
            return together ? analytic("exp", *together) : std::nullopt;
        }
        if (number->bits() > 20)
            return std::nullopt;
        const long top = fmpz_get_si(fmpq_numref(number->get())), bottom = fmpz_get_si(fmpq_denref(number->get()));
        const Reading rooted = bottom == 1 ? inner : rootOf(*inner, bottom);
        return rooted ? wholePower(*rooted, top) : std::nullopt;
    }

    Reading call(const Expr& e)
    {
        const Reading inner = e->args.size() == 1 ? read(e->args[0]) : std::nullopt;
        if (!inner)
            return std::nullopt;
        if (e->text == "abs")
            return inner->isZero() ? inner : product(*inner, constantOf(Rational(inner->leading().sign())));
        return analytic(e->text, *inner);
    }

    const std::string& m_variable;
    const Budget& m_budget;
};

} // namespace

std::optional<Expansion> expansionOf(const Expr& expr, const std::string& variable, const Budget& budget)
{
    return Expander(variable, budget).read(expr);
}

} // namespace lemma::tutor
