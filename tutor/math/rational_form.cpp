#include "tutor/math/rational_form.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include <flint/fmpz_mpoly.h>

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

class Ring {
public:
    explicit Ring(std::size_t unknowns)
    {
        fmpz_mpoly_ctx_init(m_ring, std::max<slong>(1, static_cast<slong>(unknowns)), ORD_LEX);
    }
    ~Ring() { fmpz_mpoly_ctx_clear(m_ring); }
    Ring(const Ring&) = delete;
    Ring& operator=(const Ring&) = delete;
    const fmpz_mpoly_ctx_struct* get() const { return m_ring; }

private:
    fmpz_mpoly_ctx_t m_ring;
};

class Polynomial {
public:
    explicit Polynomial(const Ring& ring) : m_ring(&ring) { fmpz_mpoly_init(m_value, ring.get()); }
    Polynomial(const Polynomial& other) : Polynomial(*other.m_ring)
    {
        fmpz_mpoly_set(m_value, other.m_value, m_ring->get());
    }
    Polynomial& operator=(const Polynomial& other)
    {
        fmpz_mpoly_set(m_value, other.m_value, m_ring->get());
        return *this;
    }
    ~Polynomial() { fmpz_mpoly_clear(m_value, m_ring->get()); }
    fmpz_mpoly_struct* get() { return m_value; }
    const fmpz_mpoly_struct* get() const { return m_value; }
    long terms() const { return fmpz_mpoly_length(m_value, m_ring->get()); }
    long bits() const { return std::abs(fmpz_mpoly_max_bits(m_value)); }
    bool isZero() const { return fmpz_mpoly_is_zero(m_value, m_ring->get()) != 0; }

private:
    const Ring* m_ring;
    fmpz_mpoly_t m_value;
};

struct Quotient {
    Polynomial top, bottom;
};

class Reading {
public:
    Reading(const Ring& ring, const std::vector<Expr>& unknowns, const Budget& budget)
        : m_ring(ring), m_unknowns(unknowns), m_budget(budget)
    {
    }

    std::optional<Quotient> read(const Expr& e)
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
            std::optional<Quotient> result = read(e->args[0]);
            for (std::size_t i = 1; i < e->args.size() && result; ++i)
                result =
                    e->kind == Kind::Multiply ? times(result, read(e->args[i]), 1) : plus(result, read(e->args[i]));
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

    std::optional<Polynomial> product(const Polynomial& a, const Polynomial& b) const
    {
        const long terms = a.terms() * b.terms();
        if (terms > 20L * Budget::maximumTerms || a.bits() + b.bits() > Budget::maximumBits ||
            !m_budget.spend(1 + terms * (1 + (a.bits() + b.bits()) / 256) / 10))
            return std::nullopt;
        Polynomial result(m_ring);
        fmpz_mpoly_mul(result.get(), a.get(), b.get(), m_ring.get());
        return result.terms() <= Budget::maximumTerms ? std::optional(result) : std::nullopt;
    }

private:
    std::optional<Quotient> number(const std::string& text) const
    {
        const auto value = rationalOf(text);
        if (!value)
            return std::nullopt;
        Quotient result{Polynomial(m_ring), Polynomial(m_ring)};
        fmpz_mpoly_set_fmpz(result.top.get(), fmpq_numref(value->get()), m_ring.get());
        fmpz_mpoly_set_fmpz(result.bottom.get(), fmpq_denref(value->get()), m_ring.get());
        return result;
    }

    std::optional<Quotient> unknown(const Expr& e) const
    {
        const auto found =
            std::find_if(m_unknowns.begin(), m_unknowns.end(), [&](const Expr& u) { return sameTree(u, e); });
        if (found == m_unknowns.end())
            return std::nullopt;
        Quotient result{Polynomial(m_ring), Polynomial(m_ring)};
        fmpz_mpoly_gen(result.top.get(), found - m_unknowns.begin(), m_ring.get());
        fmpz_mpoly_one(result.bottom.get(), m_ring.get());
        return result;
    }

    std::optional<Quotient> times(const std::optional<Quotient>& a, const std::optional<Quotient>& b, long sign) const
    {
        if (!a || !b)
            return std::nullopt;
        auto top = product(a->top, b->top), bottom = product(a->bottom, b->bottom);
        if (!top || !bottom)
            return std::nullopt;
        if (sign < 0)
            fmpz_mpoly_neg(top->get(), top->get(), m_ring.get());
        return Quotient{*top, *bottom};
    }

    std::optional<Quotient> over(const std::optional<Quotient>& a, const std::optional<Quotient>& b) const
    {
        if (!a || !b || b->top.isZero())
            return std::nullopt;
        return times(a, Quotient{b->bottom, b->top}, 1);
    }

    std::optional<Quotient> plus(const std::optional<Quotient>& a, const std::optional<Quotient>& b) const
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
        return left->terms() <= Budget::maximumTerms ? std::optional(Quotient{*left, *bottom}) : std::nullopt;
    }

    std::optional<Quotient> power(const std::optional<Quotient>& base, long exponent) const
    {
        if (!base || (base->top.isZero() && exponent <= 0))
            return std::nullopt;
        const Quotient first = exponent < 0 ? Quotient{base->bottom, base->top} : *base;
        std::optional<Quotient> result = number("1"), square = first;
        for (long left = std::abs(exponent); left > 0 && result; left /= 2) {
            if (left % 2 == 1)
                result = times(result, square, 1);
            if (left > 1)
                square = times(square, square, 1);
        }
        return result;
    }

    const Ring& m_ring;
    const std::vector<Expr>& m_unknowns;
    const Budget& m_budget;
};

} // namespace

Truth equalByAlgebra(const Expr& a, const Expr& b, const Budget& budget)
{
    std::vector<Expr> unknowns;
    if (!collectUnknowns(a, unknowns, budget) || !collectUnknowns(b, unknowns, budget))
        return Truth::Unknown;
    const Ring ring(unknowns.size());
    Reading reading(ring, unknowns, budget);
    const auto left = reading.read(a), right = reading.read(b);
    if (!left || !right)
        return Truth::Unknown;
    const auto across = reading.product(left->top, right->bottom), down = reading.product(right->top, left->bottom);
    if (!across || !down)
        return Truth::Unknown;
    return fmpz_mpoly_equal(across->get(), down->get(), ring.get()) != 0 ? Truth::Yes : Truth::Unknown;
}

} // namespace lemma::tutor
