#include "tutor/calculus/trig_identities.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "tutor/calculus/product_form.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

constexpr long largestMultiple = 6;

bool isTrigonometric(const Expr& e)
{
    static constexpr std::string_view names[] = {"sin", "cos", "tan", "cot", "sec", "csc"};
    return e->kind == Kind::Function && std::find(std::begin(names), std::end(names), e->text) != std::end(names);
}

// An angle as coefficient times the rest.
struct Angle {
    Rational coefficient;
    Expr rest;
};

Angle angleOf(const Expr& argument, const Budget& budget)
{
    const Expr e = simplified(argument, budget);
    const bool negative = e->kind == Kind::Negate;
    const Expr size = negative ? e->args[0] : e;
    Angle angle{Rational(negative ? -1 : 1), size};
    const auto takeOut = [&](const Rational& by) {
        fmpq_mul(angle.coefficient.get(), angle.coefficient.get(), by.get());
    };
    if (angle.rest->kind == Kind::Divide)
        if (const auto by = writtenNumber(angle.rest->args[1]); by && by->sign() != 0) {
            Rational inverse;
            fmpq_inv(inverse.get(), by->get());
            takeOut(inverse);
            angle.rest = angle.rest->args[0];
        }
    if (angle.rest->kind == Kind::Multiply)
        if (const auto by = writtenNumber(angle.rest->args[0]); by && by->sign() != 0) {
            takeOut(*by);
            std::vector<Expr> others(angle.rest->args.begin() + 1, angle.rest->args.end());
            angle.rest = others.size() == 1 ? others[0] : makeNode(Kind::Multiply, "", std::move(others));
        }
    return angle;
}

class Rewriting {
public:
    explicit Rewriting(const Budget& budget) : m_budget(budget) {}

    void collect(const Expr& e)
    {
        if (isTrigonometric(e)) {
            Angle angle = angleOf(e->args[0], m_budget);
            fmpq_abs(angle.coefficient.get(), angle.coefficient.get());
            const auto same = std::find_if(m_units.begin(), m_units.end(),
                                           [&](const Angle& unit) { return sameTree(unit.rest, angle.rest); });
            if (same == m_units.end())
                m_units.push_back(angle);
            else
                fmpq_gcd(same->coefficient.get(), same->coefficient.get(), angle.coefficient.get());
        }
        for (const Expr& arg : e->args)
            collect(arg);
    }

    Expr rewrite(const Expr& e) const
    {
        if (e->args.empty() || !m_budget.spend(1))
            return e;
        if (isTrigonometric(e))
            return call(e);
        std::vector<Expr> args;
        for (const Expr& arg : e->args)
            args.push_back(rewrite(arg));
        return withArguments(*e, std::move(args));
    }

    // cos^2 = 1 - sin^2, throughout.
    Expr withoutCosinePowers(const Expr& e) const
    {
        if (e->args.empty() || !m_budget.spend(1))
            return e;
        std::vector<Expr> args;
        for (const Expr& arg : e->args)
            args.push_back(withoutCosinePowers(arg));
        const bool cosine = e->kind == Kind::Power && args[0]->kind == Kind::Function && args[0]->text == "cos";
        const auto exponent = cosine ? writtenNumber(args[1]) : std::nullopt;
        if (!exponent || !exponent->isInteger() || exponent->sign() <= 0 || exponent->bits() > 8)
            return withArguments(*e, std::move(args));
        const long n = fmpz_get_si(fmpq_numref(exponent->get()));
        const Expr square = subtract(integer(1), power(function("sin", args[0]->args), integer(2)));
        const Expr even = n < 2 ? integer(1) : power(square, integer(n / 2));
        return n % 2 == 0 ? even : multiply({args[0], even});
    }

private:
    Expr call(const Expr& e) const
    {
        const Angle angle = angleOf(e->args[0], m_budget);
        const auto unit = std::find_if(m_units.begin(), m_units.end(),
                                       [&](const Angle& known) { return sameTree(known.rest, angle.rest); });
        if (unit == m_units.end())
            return e;
        Rational times;
        fmpq_div(times.get(), angle.coefficient.get(), unit->coefficient.get());
        if (!times.isInteger() ||
            fmpz_cmpabs(fmpq_numref(times.get()), fmpq_numref(Rational(largestMultiple).get())) > 0)
            return e;
        const long k = fmpz_get_si(fmpq_numref(times.get()));
        const Expr one = simplified(multiply({rationalExpr(unit->coefficient), unit->rest}), m_budget);
        auto [sine, cosine] = multiples(one, std::labs(k));
        if (k < 0)
            sine = negate(sine);
        if (e->text == "sin")
            return sine;
        if (e->text == "cos")
            return cosine;
        if (e->text == "tan" || e->text == "cot")
            return e->text == "tan" ? divide(sine, cosine) : divide(cosine, sine);
        return divide(integer(1), e->text == "sec" ? cosine : sine);
    }

    // sin(k u) and cos(k u) by the addition theorems.
    std::pair<Expr, Expr> multiples(const Expr& u, long k) const
    {
        const Expr s = function("sin", {u}), c = function("cos", {u});
        Expr sine = integer(0), cosine = integer(1);
        for (long i = 0; i < k; ++i) {
            Expr next = expanded(add({multiply({sine, c}), multiply({cosine, s})}), m_budget);
            cosine = expanded(subtract(multiply({cosine, c}), multiply({sine, s})), m_budget);
            sine = std::move(next);
        }
        return {sine, cosine};
    }

    const Budget& m_budget;
    std::vector<Angle> m_units;
};

} // namespace

Expr inSineAndCosine(const Expr& expr, const Budget& budget)
{
    Rewriting rewriting(budget);
    rewriting.collect(expr);
    const Expr inOneAngle = expanded(rewriting.rewrite(expr), budget);
    return expanded(rewriting.withoutCosinePowers(inOneAngle), budget);
}

} // namespace lemma::tutor
