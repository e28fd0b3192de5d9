#include "tutor/math/quotient.h"

#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t maximumUnknowns = 24;

// An integer exponent below 1024, which is written out.
std::optional<long> smallExponent(const Expr& e, const Budget& budget)
{
    const auto value = rationalValue(e, {}, budget);
    if (!value || !value->isInteger() || fmpz_bits(fmpq_numref(value->get())) > 10)
        return std::nullopt;
    return fmpz_get_si(fmpq_numref(value->get()));
}

// What may stand for a number without being rational. Matrices do not commute, infinity cannot be subtracted, and an
// integral without bounds is known up to a constant only.
bool mayBeUnknown(const Expr& e)
{
    switch (e->kind) {
    case Kind::Symbol:
    case Kind::Function:
    case Kind::Apply:
    case Kind::Root:
    case Kind::Power:
    case Kind::Sum:
    case Kind::Product: break;
    case Kind::Constant: return e->text == "pi" || e->text == "e" || e->text == "i";
    default: return false;
    }
    return !contains(e, Kind::PlusMinus) && !contains(e, Kind::Integral) && !containsConstant(e, "infinity");
}

} // namespace

bool collectUnknowns(const Expr& e, std::vector<Expr>& unknowns, const Budget& budget)
{
    if (!budget.spend(1))
        return false;
    const bool opened = e->kind == Kind::Add || e->kind == Kind::Negate || e->kind == Kind::Multiply ||
                        e->kind == Kind::Divide || e->kind == Kind::Mixed || e->kind == Kind::Percent;
    if (opened)
        return std::all_of(e->args.begin(), e->args.end(),
                           [&](const Expr& arg) { return collectUnknowns(arg, unknowns, budget); });
    if (e->kind == Kind::Number)
        return true;
    if (e->kind == Kind::Power && smallExponent(e->args[1], budget))
        return collectUnknowns(e->args[0], unknowns, budget);
    if (!mayBeUnknown(e))
        return false;
    if (std::none_of(unknowns.begin(), unknowns.end(), [&](const Expr& u) { return sameTree(u, e); }))
        unknowns.push_back(e);
    return unknowns.size() <= maximumUnknowns;
}

std::optional<PolynomialQuotient> QuotientReader::read(const Expr& e) const
{
    if (!m_budget.spend(1))
        return std::nullopt;
    switch (e->kind) {
    case Kind::Number: return number(e->text);
    case Kind::Negate: return times(read(e->args[0]), number("1"), -1);
    case Kind::Percent: return over(read(e->args[0]), number("100"));
    case Kind::Divide: return over(read(e->args[0]), read(e->args[1]));
    case Kind::Add:
    case Kind::Mixed:
    case Kind::Multiply: {
        std::optional<PolynomialQuotient> result = read(e->args[0]);
        for (std::size_t i = 1; i < e->args.size() && result; ++i)
            result = e->kind == Kind::Multiply ? times(result, read(e->args[i]), 1) : plus(result, read(e->args[i]));
        return result;
    }
    case Kind::Power:
        if (const auto exponent = smallExponent(e->args[1], m_budget))
            return power(read(e->args[0]), *exponent);
        break;
    default: break;
    }
    return unknown(e);
}

std::optional<IntegerPolynomial> QuotientReader::product(const IntegerPolynomial& a, const IntegerPolynomial& b) const
{
    const long terms = a.terms() * b.terms();
    if (terms > 20L * Budget::maximumTerms || a.bits() + b.bits() > Budget::maximumBits ||
        !m_budget.spend(1 + terms * (1 + (a.bits() + b.bits()) / 256) / 10))
        return std::nullopt;
    IntegerPolynomial result(m_ring);
    fmpz_mpoly_mul(result.get(), a.get(), b.get(), m_ring.get());
    return result.terms() <= Budget::maximumTerms ? std::optional(result) : std::nullopt;
}

std::optional<PolynomialQuotient> QuotientReader::number(const std::string& text) const
{
    const auto value = rationalOf(text);
    if (!value)
        return std::nullopt;
    PolynomialQuotient result{IntegerPolynomial(m_ring), IntegerPolynomial(m_ring)};
    fmpz_mpoly_set_fmpz(result.top.get(), fmpq_numref(value->get()), m_ring.get());
    fmpz_mpoly_set_fmpz(result.bottom.get(), fmpq_denref(value->get()), m_ring.get());
    return result;
}

std::optional<PolynomialQuotient> QuotientReader::unknown(const Expr& e) const
{
    const auto found =
        std::find_if(m_unknowns.begin(), m_unknowns.end(), [&](const Expr& u) { return sameTree(u, e); });
    if (found == m_unknowns.end())
        return std::nullopt;
    PolynomialQuotient result{IntegerPolynomial(m_ring), IntegerPolynomial(m_ring)};
    fmpz_mpoly_gen(result.top.get(), found - m_unknowns.begin(), m_ring.get());
    fmpz_mpoly_one(result.bottom.get(), m_ring.get());
    return result;
}

std::optional<PolynomialQuotient> QuotientReader::times(const std::optional<PolynomialQuotient>& a,
                                                        const std::optional<PolynomialQuotient>& b, long sign) const
{
    if (!a || !b)
        return std::nullopt;
    auto top = product(a->top, b->top), bottom = product(a->bottom, b->bottom);
    if (!top || !bottom)
        return std::nullopt;
    if (sign < 0)
        fmpz_mpoly_neg(top->get(), top->get(), m_ring.get());
    return PolynomialQuotient{*top, *bottom};
}

std::optional<PolynomialQuotient> QuotientReader::over(const std::optional<PolynomialQuotient>& a,
                                                       const std::optional<PolynomialQuotient>& b) const
{
    if (!a || !b || b->top.isZero())
        return std::nullopt;
    return times(a, PolynomialQuotient{b->bottom, b->top}, 1);
}

std::optional<PolynomialQuotient> QuotientReader::plus(const std::optional<PolynomialQuotient>& a,
                                                       const std::optional<PolynomialQuotient>& b) const
{
    if (!a || !b)
        return std::nullopt;
    const bool alike = fmpz_mpoly_equal(a->bottom.get(), b->bottom.get(), m_ring.get()) != 0;
    auto left = alike ? std::optional(a->top) : product(a->top, b->bottom);
    auto right = alike ? std::optional(b->top) : product(b->top, a->bottom);
    auto bottom = alike ? std::optional(a->bottom) : product(a->bottom, b->bottom);
    if (!left || !right || !bottom)
        return std::nullopt;
    fmpz_mpoly_add(left->get(), left->get(), right->get(), m_ring.get());
    return left->terms() <= Budget::maximumTerms ? std::optional(PolynomialQuotient{*left, *bottom}) : std::nullopt;
}

std::optional<PolynomialQuotient> QuotientReader::power(const std::optional<PolynomialQuotient>& base,
                                                        long exponent) const
{
    if (!base || (base->top.isZero() && exponent <= 0))
        return std::nullopt;
    const PolynomialQuotient first = exponent < 0 ? PolynomialQuotient{base->bottom, base->top} : *base;
    std::optional<PolynomialQuotient> result = number("1"), square = first;
    for (long left = std::abs(exponent); left > 0 && result; left /= 2) {
        if (left % 2 == 1)
            result = times(result, square, 1);
        if (left > 1)
            square = times(square, square, 1);
    }
    return result;
}

} // namespace lemma::tutor
