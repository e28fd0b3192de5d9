#include "tutor/working/radical_function.h"

#include <algorithm>
#include <bit>

#include <flint/fmpz_poly.h>

#include "tutor/math/rational.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t maximumRoots = 3;
constexpr std::size_t maximumInsides = 3;
constexpr long maximumDegree = 48;
constexpr long maximumExponent = 24;

// p as q^2 up to the sign of q, where it is a square of a polynomial.
std::optional<Polynomial> squareRootOf(const Polynomial& p)
{
    // p = n/d with whole coefficients n: a square exactly when n d is one, and then q = sqrt(n d)/d.
    fmpz_poly_t n, q;
    fmpz_poly_init(n);
    fmpz_poly_init(q);
    fmpq_poly_get_numerator(n, p.get());
    fmpz_poly_scalar_mul_fmpz(n, n, fmpq_poly_denref(p.get()));
    std::optional<Polynomial> result;
    if (fmpz_poly_sqrt(q, n) != 0) {
        result.emplace();
        fmpq_poly_set_fmpz_poly(result->get(), q);
        fmpq_poly_scalar_div_fmpz(result->get(), result->get(), fmpq_poly_denref(p.get()));
    }
    fmpz_poly_clear(n);
    fmpz_poly_clear(q);
    return result;
}

Polynomial number(long value) { return Polynomial::constant(Rational(value)); }

bool same(const Polynomial& a, const Polynomial& b) { return fmpq_poly_equal(a.get(), b.get()) != 0; }

std::optional<long> wholeNumber(const Expr& e)
{
    const bool negative = e->kind == Kind::Negate;
    const Expr& digits = negative ? e->args[0] : e;
    if (digits->kind != Kind::Number || digits->text.size() > 2 ||
        digits->text.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    const long value = std::stol(digits->text);
    return negative ? -value : value;
}

bool isHalf(const Expr& e)
{
    if (e->kind == Kind::Number)
        return e->text == "0.5";
    return e->kind == Kind::Divide && e->args[0]->kind == Kind::Number && e->args[0]->text == "1" &&
           e->args[1]->kind == Kind::Number && e->args[1]->text == "2";
}

} // namespace

std::optional<RadicalFunction> RadicalField::read(const Expr& expr, unsigned signs)
{
    m_signs = signs;
    return node(*expr);
}

RadicalFunction RadicalField::constantOf(const Polynomial& p) const { return {{p}, number(1)}; }

bool RadicalField::small(const RadicalFunction& f) const
{
    const auto fits = [](const Polynomial& p) { return p.degree() <= maximumDegree && p.bits() < Budget::maximumBits; };
    return fits(f.denominator) && std::all_of(f.numerators.begin(), f.numerators.end(), fits);
}

RadicalField::Value RadicalField::node(const Node& n)
{
    if (m_budget.spent())
        return {};
    switch (n.kind) {
    case Kind::Number: {
        const auto value = rationalOf(n.text);
        if (!value)
            return {};
        return constantOf(Polynomial::constant(*value));
    }
    case Kind::Symbol: {
        if (n.text != m_variable)
            return {};
        return constantOf(Polynomial::variable());
    }
    case Kind::Negate: return product(node(*n.args[0]), constantOf(number(-1)));
    case Kind::Percent: return product(node(*n.args[0]), inverse(constantOf(number(100))));
    case Kind::Divide: return product(node(*n.args[0]), inverse(node(*n.args[1])));
    case Kind::Add:
    case Kind::Mixed:
    case Kind::Multiply: {
        Value result = node(*n.args[0]);
        for (std::size_t i = 1; i < n.args.size() && result; ++i)
            result = n.kind == Kind::Multiply ? product(result, node(*n.args[i])) : sum(result, node(*n.args[i]));
        return result;
    }
    case Kind::Power: {
        if (isHalf(n.args[1]))
            return root(node(*n.args[0]));
        const auto exponent = wholeNumber(n.args[1]);
        return exponent ? whole(node(*n.args[0]), *exponent) : Value{};
    }
    case Kind::Root: return wholeNumber(n.args[1]) == 2 ? root(node(*n.args[0])) : Value{};
    case Kind::Function: return n.text == "abs" ? absolute(node(*n.args[0])) : Value{};
    default: return {};
    }
}

RadicalField::Value RadicalField::whole(const Value& base, long exponent)
{
    if (!base || exponent > maximumExponent || exponent < -maximumExponent)
        return {};
    if (exponent < 0)
        return inverse(whole(base, -exponent));
    Value result = constantOf(number(1));
    for (long i = 0; i < exponent && result; ++i)
        result = product(result, base);
    return result;
}

RadicalField::Value RadicalField::sum(const Value& a, const Value& b) const
{
    if (!a || !b)
        return {};
    RadicalFunction result;
    result.denominator = a->denominator * b->denominator;
    result.numerators.resize(std::max(a->numerators.size(), b->numerators.size()));
    for (std::size_t i = 0; i < a->numerators.size(); ++i)
        result.numerators[i] = a->numerators[i] * b->denominator;
    for (std::size_t i = 0; i < b->numerators.size(); ++i)
        result.numerators[i] = result.numerators[i] + b->numerators[i] * a->denominator;
    return small(result) ? Value(result) : Value{};
}

RadicalField::Value RadicalField::product(const Value& a, const Value& b) const
{
    if (!a || !b)
        return {};
    RadicalFunction result;
    result.denominator = a->denominator * b->denominator;
    result.numerators.resize(std::bit_ceil(std::max(a->numerators.size(), b->numerators.size())));
    for (std::size_t i = 0; i < a->numerators.size(); ++i)
        for (std::size_t j = 0; j < b->numerators.size(); ++j) {
            if (a->numerators[i].isZero() || b->numerators[j].isZero())
                continue;
            Polynomial term = a->numerators[i] * b->numerators[j];
            for (std::size_t k = 0; k < m_roots.size(); ++k) // a root that occurs twice is its radicand
                if ((i & j & (std::size_t{1} << k)) != 0)
                    term = term * m_roots[k];
            result.numerators[i ^ j] = result.numerators[i ^ j] + term;
        }
    return small(result) ? Value(result) : Value{};
}

RadicalFunction RadicalField::conjugate(const RadicalFunction& f, std::size_t root) const
{
    RadicalFunction result = f;
    for (std::size_t i = 0; i < result.numerators.size(); ++i)
        if ((i & (std::size_t{1} << root)) != 0)
            result.numerators[i] = result.numerators[i] * number(-1);
    return result;
}

std::optional<Polynomial> RadicalField::norm(const RadicalFunction& f) const
{
    Value result = f;
    for (std::size_t k = 0; k < m_roots.size() && result; ++k)
        result = product(result, conjugate(*result, k));
    if (!result)
        return std::nullopt;
    return result->numerators[0];
}

RadicalField::Value RadicalField::inverse(const Value& a)
{
    if (!a)
        return {};
    // 1/a is the product of the other conjugates over the norm.
    Value others = constantOf(number(1)), all = *a;
    for (std::size_t k = 0; k < m_roots.size() && all && others; ++k) {
        const RadicalFunction other = conjugate(*all, k);
        others = product(others, other);
        all = product(all, other);
    }
    if (!all || !others || all->numerators[0].isZero())
        return {};
    m_borders.push_back(all->numerators[0]);
    RadicalFunction reciprocal = constantOf(all->denominator);
    reciprocal.denominator = all->numerators[0];
    return product(others, reciprocal);
}

RadicalField::Value RadicalField::absolute(const Value& inside)
{
    if (!inside || std::any_of(inside->numerators.begin() + 1, inside->numerators.end(),
                               [](const Polynomial& p) { return !p.isZero(); }))
        return {};
    // |n/d| = |n d|/d^2: the sign is that of a polynomial.
    const Polynomial key = inside->numerators[0] * inside->denominator;
    std::size_t index = 0;
    while (index < m_insides.size() && !same(m_insides[index], key))
        ++index;
    if (index == m_insides.size()) {
        if (index == maximumInsides)
            return {};
        m_insides.push_back(key);
        m_borders.push_back(key);
    }
    const bool negative = (m_signs >> index & 1U) != 0;
    return product(inside, constantOf(number(negative ? -1 : 1)));
}

RadicalField::Value RadicalField::root(const Value& radicand)
{
    if (!radicand || std::any_of(radicand->numerators.begin() + 1, radicand->numerators.end(),
                                 [](const Polynomial& p) { return !p.isZero(); }))
        return {}; // a root inside a root
    const Polynomial square = radicand->numerators[0] * radicand->denominator;
    RadicalFunction over = constantOf(number(1)); // sqrt(n/d) = sqrt(n d)/|d|
    over.denominator = radicand->denominator;
    m_borders.push_back(square);
    if (const auto plain = squareRootOf(square))
        return product(absolute(constantOf(*plain)), over);
    std::size_t index = 0;
    while (index < m_roots.size() && !same(m_roots[index], square))
        ++index;
    if (index == m_roots.size()) {
        if (index == maximumRoots)
            return {};
        m_roots.push_back(square);
    }
    RadicalFunction result;
    result.numerators.resize((std::size_t{1} << index) + 1);
    result.numerators[std::size_t{1} << index] = number(1);
    return product(result, over);
}

} // namespace lemma::tutor
