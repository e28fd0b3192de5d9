// The parts of simplify.h that multiply out, put over one denominator, and prove.
#include <algorithm>
#include <utility>

#include "tutor/calculus/simplify.h"
#include "tutor/calculus/trig_identities.h"
#include "tutor/math/rational_form.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t mostTerms = 400; // of a product that is multiplied out

// The terms of a tree when its products of sums are multiplied out.
std::vector<Expr> termsOf(const Expr& e, const Budget& budget);

std::vector<Expr> productTerms(const std::vector<Expr>& a, const std::vector<Expr>& b, const Budget& budget)
{
    std::vector<Expr> result;
    for (const Expr& left : a)
        for (const Expr& right : b)
            result.push_back(simplified(multiply({left, right}), budget));
    // Like terms are put together at once: (x+1)^10 has 11 terms, not 1024.
    const Expr sum = simplified(add(std::move(result)), budget);
    return sum->kind == Kind::Add ? sum->args : std::vector<Expr>{sum};
}

std::vector<Expr> termsOf(const Expr& e, const Budget& budget)
{
    if (!budget.spend(1))
        return {e};
    std::vector<Expr> result;
    switch (e->kind) {
    case Kind::Add:
        for (const Expr& arg : e->args)
            for (Expr& term : termsOf(arg, budget))
                result.push_back(std::move(term));
        return result;
    case Kind::Negate:
        for (const Expr& term : termsOf(e->args[0], budget))
            result.push_back(negate(term));
        return result;
    case Kind::Multiply:
        result = {integer(1)};
        for (const Expr& arg : e->args) {
            const std::vector<Expr> next = termsOf(arg, budget);
            if (result.size() * next.size() > mostTerms)
                return {e};
            result = productTerms(result, next, budget);
        }
        return result;
    case Kind::Divide:
        for (const Expr& term : termsOf(e->args[0], budget))
            result.push_back(divide(term, e->args[1]));
        return result;
    case Kind::Power: {
        const auto exponent = writtenNumber(e->args[1]);
        constexpr long largestExponent = 12;
        const bool small = exponent && exponent->isInteger() && exponent->sign() > 0 &&
                           fmpz_cmp_si(fmpq_numref(exponent->get()), largestExponent) <= 0;
        const std::vector<Expr> base = small ? termsOf(e->args[0], budget) : std::vector<Expr>{};
        if (base.size() < 2)
            return {e};
        result = {integer(1)};
        for (long n = fmpz_get_si(fmpq_numref(exponent->get())); n > 0; --n) {
            if (result.size() * base.size() > mostTerms)
                return {e};
            result = productTerms(result, base, budget);
        }
        return result;
    }
    default: return {e};
    }
}

} // namespace

Expr expanded(const Expr& expr, const Budget& budget) { return simplified(add(termsOf(expr, budget)), budget); }

Fraction asFraction(const Expr& e, const Budget& budget)
{
    const Expr one = integer(1);
    if (!budget.spend(1))
        return {e, one};
    switch (e->kind) {
    case Kind::Negate: {
        const Fraction inner = asFraction(e->args[0], budget);
        return {negate(inner.top), inner.bottom};
    }
    case Kind::Divide: {
        const Fraction a = asFraction(e->args[0], budget), b = asFraction(e->args[1], budget);
        return {simplified(multiply({a.top, b.bottom}), budget), simplified(multiply({a.bottom, b.top}), budget)};
    }
    case Kind::Multiply: {
        std::vector<Expr> tops, bottoms;
        for (const Expr& arg : e->args) {
            const Fraction part = asFraction(arg, budget);
            tops.push_back(part.top);
            bottoms.push_back(part.bottom);
        }
        return {simplified(multiply(tops), budget), simplified(multiply(bottoms), budget)};
    }
    case Kind::Add: {
        std::vector<Fraction> parts;
        std::vector<Expr> bottoms;
        for (const Expr& arg : e->args) {
            parts.push_back(asFraction(arg, budget));
            const Expr& bottom = parts.back().bottom;
            if (std::none_of(bottoms.begin(), bottoms.end(), [&](const Expr& b) { return sameTree(b, bottom); }))
                bottoms.push_back(bottom);
        }
        const Expr common = simplified(multiply(bottoms), budget);
        std::vector<Expr> terms;
        for (const Fraction& part : parts) {
            std::vector<Expr> factors = {part.top};
            for (const Expr& bottom : bottoms)
                if (!sameTree(bottom, part.bottom))
                    factors.push_back(bottom);
            terms.push_back(multiply(std::move(factors)));
        }
        return {add(std::move(terms)), common};
    }
    case Kind::Power: {
        const auto exponent = writtenNumber(e->args[1]);
        if (!exponent || !exponent->isInteger())
            return {e, one};
        const Fraction base = asFraction(e->args[0], budget);
        Rational size;
        fmpq_abs(size.get(), exponent->get());
        const Expr n = rationalExpr(size);
        const Fraction raised{simplified(power(base.top, n), budget), simplified(power(base.bottom, n), budget)};
        return exponent->sign() < 0 ? Fraction{raised.bottom, raised.top} : raised;
    }
    default: return {e, one};
    }
}

bool provablyEqual(const Expr& a, const Expr& b, const Budget& budget)
{
    const auto vanishes = [&](const Expr& e) {
        const auto zero = writtenNumber(e);
        return zero ? zero->sign() == 0 : equalByAlgebra(e, integer(0), budget) == Truth::Yes;
    };
    const Expr difference = expanded(subtract(a, b), budget);
    if (vanishes(difference))
        return true;
    const Fraction fraction = asFraction(difference, budget);
    return vanishes(expanded(fraction.top, budget)) ||
           vanishes(inSineAndCosine(asFraction(inSineAndCosine(difference, budget), budget).top, budget));
}

} // namespace lemma::tutor
