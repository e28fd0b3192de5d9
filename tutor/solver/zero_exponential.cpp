// Exponentials: all as powers of one, t = b^X, which is positive; the equation in t is solved, then X = log_b t. Two
// terms with different bases are compared by their logarithms.
#include <algorithm>
#include <cmath>
#include <optional>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_value.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/real_value.h"
#include "tutor/solver/zero_search.h"

namespace lemma::tutor {
namespace {

bool isE(const Expr& e) { return e->kind == Kind::Constant && e->text == "e"; }

bool isExponential(const Expr& e)
{
    if (e->kind != Kind::Power || writtenNumber(e->args[1]))
        return false;
    const auto base = writtenNumber(e->args[0]);
    return isE(e->args[0]) || (base && base->sign() > 0 && fmpq_is_one(base->get()) == 0);
}

// base = root^power for the largest power; a base below one is taken as a negative power.
struct Base {
    Expr root;
    long power = 1;
};

Base primitive(const Expr& base)
{
    const auto value = writtenNumber(base);
    if (!value)
        return {base, 1};
    Rational b = *value;
    const bool small = fmpz_cmp(fmpq_numref(b.get()), fmpq_denref(b.get())) < 0;
    if (small)
        fmpq_inv(b.get(), b.get());
    for (long n = 64; n > 1; --n) {
        Rational root;
        if (fmpz_root(fmpq_numref(root.get()), fmpq_numref(b.get()), n) != 0 &&
            fmpz_root(fmpq_denref(root.get()), fmpq_denref(b.get()), n) != 0)
            return {rationalExpr(root), small ? -n : n};
    }
    return {rationalExpr(b), small ? -1 : 1};
}

// A sum as what depends on the variable and what does not.
struct Parts {
    Expr moving;
    Expr constant;
};

Parts split(const Expr& e, const std::string& variable, const Budget& budget)
{
    const Expr flat = expanded(e, budget);
    std::vector<Expr> moving, constant;
    for (const Expr& term : flat->kind == Kind::Add ? flat->args : std::vector<Expr>{flat})
        (dependsOn(term, variable) ? moving : constant).push_back(term);
    const auto sum = [&](std::vector<Expr> terms) {
        return terms.empty() ? integer(0) : simplified(add(std::move(terms)), budget);
    };
    return {sum(std::move(moving)), sum(std::move(constant))};
}

} // namespace

Expr logarithmOf(const Expr& value, const Expr& base, const Budget& budget)
{
    const Expr simple = simplified(value, budget);
    if (isE(base))
        return simplified(function("ln", {simple}), budget);
    const auto v = writtenNumber(simple), b = writtenNumber(base);
    if (v && b && v->sign() > 0 && v->bits() < 900) {
        const double guess = std::log(fmpq_get_d(v->get())) / std::log(fmpq_get_d(b->get()));
        for (const long denominator : {1L, 2L, 3L, 4L, 6L}) {
            const double scaled = guess * static_cast<double>(denominator);
            if (!std::isfinite(scaled) || std::fabs(scaled - std::round(scaled)) > 1e-9 || std::fabs(scaled) > 500)
                continue;
            Rational left, right; // v^d = b^n
            fmpq_pow_si(left.get(), v->get(), denominator);
            fmpq_pow_si(right.get(), b->get(), std::lround(scaled));
            if (left == right)
                return simplified(divide(integer(std::lround(scaled)), integer(denominator)), budget);
        }
    }
    return function("log", {simple, base});
}

bool ZeroSearch::exponential(const Expr& e, bool& fits)
{
    const std::vector<Expr> atoms = atomsOf(e, isExponential);
    if (atoms.empty())
        return false;
    fits = true;
    // b^E = root^(k E) with k E = moving + constant; every moving part must be a multiple of the first.
    const Base first = primitive(atoms[0]->args[0]);
    std::vector<Parts> exponents;
    std::vector<Rational> multiples;
    Expr unit;
    Rational common;
    for (const Expr& atom : atoms) {
        const Base base = primitive(atom->args[0]);
        if (!sameTree(base.root, first.root))
            return twoBases(e);
        exponents.push_back(split(multiply({integer(base.power), atom->args[1]}), m_variable, m_budget));
        if (!unit)
            unit = exponents[0].moving;
        const auto multiple =
            writtenNumber(expanded(simplified(divide(exponents.back().moving, unit), m_budget), m_budget));
        if (!multiple || multiple->sign() == 0)
            return twoBases(e);
        multiples.push_back(*multiple);
        fmpq_gcd(common.get(), common.get(), multiple->get());
    }
    const std::string t = freshName(e);
    const Expr x = simplified(multiply({rationalExpr(common), unit}), m_budget);
    const Expr power = lemma::tutor::power(first.root, x);
    Expr inT = e;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        Rational times;
        fmpq_div(times.get(), multiples[i].get(), common.get());
        inT = replacePart(inT, atoms[i],
                          multiply({lemma::tutor::power(first.root, exponents[i].constant),
                                    lemma::tutor::power(symbol(t), rationalExpr(times))}));
    }
    inT = asFraction(simplified(inT, m_budget), m_budget).top;
    if (dependsOn(inT, m_variable))
        return twoBases(e);
    if (atoms.size() > 1 || !sameTree(atoms[0], power))
        write(Action::Substitute, equation(e, integer(0)),
              makeNode(Kind::List, ",", {equation(inT, integer(0)), equation(symbol(t), power)}));
    ZeroSearch inner(t, m_budget, m_depth + 1);
    if (!inner.find(inT) || inner.m_identity)
        return false;
    m_steps.insert(m_steps.end(), inner.m_steps.begin(), inner.m_steps.end());
    for (const Expr& value : inner.m_candidates) {
        const auto sign = signOf(value, m_budget);
        if (!sign)
            return false;
        const Expr line = equation(power, value);
        if (*sign <= 0) {
            write(Action::RejectNotPositive, line, constant("emptyset"));
            continue;
        }
        if (!follow(Action::TakeLogarithm, line, equation(x, logarithmOf(value, first.root, m_budget))))
            return false;
    }
    return true;
}

// A a^E + B b^F = 0 with A and B of opposite signs: E ln a = F ln b + ln(-B/A).
bool ZeroSearch::twoBases(const Expr& e)
{
    const Expr flat = expanded(e, m_budget);
    if (flat->kind != Kind::Add || flat->args.size() != 2)
        return false;
    Expr sides[2];
    for (int i = 0; i < 2; ++i) {
        const std::vector<Expr> atoms = atomsOf(flat->args[static_cast<std::size_t>(i)], isExponential);
        Expr factor = flat->args[static_cast<std::size_t>(i)], logarithm = integer(0);
        for (const Expr& atom : atoms) {
            factor = replacePart(factor, atom, integer(1));
            logarithm = add({logarithm, multiply({atom->args[1], function("ln", {atom->args[0]})})});
        }
        factor = simplified(factor, m_budget);
        const auto sign = dependsOn(factor, m_variable) ? std::nullopt : signOf(factor, m_budget);
        if (!sign || *sign == 0)
            return false;
        const bool negative = *sign < 0;
        sides[i] = simplified(add({logarithm, function("ln", {negative ? negate(factor) : factor})}), m_budget);
    }
    // Both terms of one sign never cancel; the candidate is then rejected by substitution.
    return follow(Action::TakeLogarithm, equation(e, integer(0)), equation(sides[0], sides[1]));
}

} // namespace lemma::tutor
