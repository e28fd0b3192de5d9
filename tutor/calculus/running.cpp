#include "tutor/calculus/running.h"

#include <optional>
#include <utility>

#include "tutor/calculus/simplify.h"
#include "tutor/math/ball.h"
#include "tutor/math/rational_function.h"
#include "tutor/math/rational_value.h"
#include "tutor/math/roots.h"

namespace lemma::tutor {
namespace {

tl::unexpected<std::string> refused(std::string why) { return tl::unexpected<std::string>(std::move(why)); }

class Running {
public:
    Running(const Expr& node, const Budget& budget)
        : m_node(node),
          m_body(node->args[0]),
          m_name(node->args[1]->text),
          m_from(simplified(node->args[2], budget)),
          m_to(simplified(node->args[3], budget)),
          m_budget(budget)
    {
    }

    tl::expected<Derivation, std::string> run() const
    {
        const auto from = writtenNumber(m_from), to = writtenNumber(m_to);
        if (!from || !from->isInteger() || (to && (!to->isInteger() || *to < *from)))
            return refused("the bounds are no whole numbers in order");
        if (!dependsOn(m_node, m_name) && to)
            if (const auto value = rationalValue(m_node, {}, m_budget))
                return finished(rationalExpr(*value), Action::Compute);
        if (m_node->kind == Kind::Product)
            return product(*from);
        if (const Expr value = polynomial(*from))
            return finished(value, Action::SumFormula);
        if (const Expr value = geometric())
            return finished(value, Action::GeometricSum);
        return refused("no closed form that is known here");
    }

private:
    tl::expected<Derivation, std::string> finished(const Expr& value, Action action) const
    {
        return Derivation{value, {{action, m_node, value}}};
    }

    bool infinite() const { return m_to->kind == Kind::Constant && m_to->text == "infinity"; }
    Expr bodyAt(const Expr& value) const { return substitute(m_body, m_name, value); }

    // 1 * 2 * ... * n
    tl::expected<Derivation, std::string> product(const Rational& from) const
    {
        const bool plain = m_body->kind == Kind::Symbol && m_body->text == m_name && !infinite();
        if (!plain || !(from == Rational(1)))
            return refused("no closed form that is known here");
        return finished(function("factorial", {m_to}), Action::Compute);
    }

    // F with F(n) - F(n - 1) = p(n) and F(0) = 0, from the highest power down.
    static Polynomial summed(Polynomial p)
    {
        Polynomial result;
        const Polynomial n = Polynomial::variable();
        const Polynomial before = n + Polynomial::constant(Rational(-1));
        while (!p.isZero()) {
            const long degree = p.degree();
            Rational c;
            fmpq_div(c.get(), p.coefficient(degree).get(), Rational(degree + 1).get());
            Polynomial high, low;
            fmpq_poly_pow(high.get(), n.get(), static_cast<unsigned long>(degree) + 1);
            fmpq_poly_pow(low.get(), before.get(), static_cast<unsigned long>(degree) + 1);
            const Polynomial scale = Polynomial::constant(c);
            result = result + scale * high;
            p = p + -(scale * (high + -low));
        }
        return result;
    }

    Expr polynomial(const Rational& from) const
    {
        const auto read = readRationalFunction(m_body, m_name);
        if (!read || read->excluded.degree() > 0 || infinite() || read->top.degree() > 20)
            return nullptr;
        const Polynomial p = exactQuotient(read->top, read->bottom), sum = summed(p);
        Polynomial before, shifted;
        fmpq_poly_set_str(before.get(), "2  -1 1"); // n - 1
        fmpq_poly_compose(shifted.get(), sum.get(), before.get());
        if (!(sum + -shifted + -p).isZero())
            return nullptr;
        Rational start, below;
        fmpq_sub_si(below.get(), from.get(), 1);
        fmpq_poly_evaluate_fmpq(start.get(), sum.get(), below.get());
        const Polynomial whole = sum + -Polynomial::constant(start);
        const auto to = writtenNumber(m_to);
        if (to && whole.degree() * to->bits() < Budget::maximumBits) {
            Rational value;
            fmpq_poly_evaluate_fmpq(value.get(), whole.get(), to->get());
            return rationalExpr(value);
        }
        if (to || whole.isZero())
            return to ? nullptr : integer(0);
        const std::string letter = m_to->kind == Kind::Symbol ? m_to->text : m_name;
        const Expr factored = factoredExpression(whole, factorsOf(whole, Domain::Real), letter);
        return simplified(substitute(factored, letter, m_to), m_budget);
    }

    // The quotient of neighbouring terms does not depend on the place.
    Expr geometric() const
    {
        const Expr next = bodyAt(add({symbol(m_name), integer(1)}));
        const Expr ratio = expanded(simplified(divide(next, m_body), m_budget), m_budget);
        if (dependsOn(ratio, m_name) || !freeSymbols(ratio).empty())
            return nullptr;
        const BallValue r = evaluateBall(ratio, {}, 128, m_budget);
        Ball fromOne = r.ball;
        acb_sub_ui(fromOne.get(), r.ball.get(), 1, 128);
        if (r.status != BallStatus::Defined || !fromOne.surelyNonzero())
            return nullptr;
        const Expr first = bodyAt(m_from);
        if (!infinite()) {
            const Expr count = simplified(add({subtract(m_to, m_from), integer(1)}), m_budget);
            return simplified(
                divide(multiply({first, subtract(power(ratio, count), integer(1))}), subtract(ratio, integer(1))),
                m_budget);
        }
        Ball size;
        acb_abs(acb_realref(size.get()), r.ball.get(), 128);
        acb_sub_ui(size.get(), size.get(), 1, 128);
        return size.surelyNegative() ? simplified(divide(first, subtract(integer(1), ratio)), m_budget) : nullptr;
    }

    Expr m_node;
    Expr m_body;
    std::string m_name;
    Expr m_from;
    Expr m_to;
    const Budget& m_budget;
};

} // namespace

tl::expected<Derivation, std::string> addUp(const Expr& running, const Budget& budget)
{
    auto result = Running(running, budget).run();
    return budget.spent() ? refused("there was no time for it") : result;
}

} // namespace lemma::tutor
