#include "tutor/calculus/integral.h"

#include <algorithm>
#include <utility>

#include "tutor/calculus/integrator.h"
#include "tutor/calculus/quadrature.h"
#include "tutor/calculus/simplify.h"

namespace lemma::tutor {
namespace {

constexpr int deepest = 6; // substitutions and parts inside one another

tl::unexpected<std::string> refused(std::string why) { return tl::unexpected<std::string>(std::move(why)); }

Expr product(std::vector<Expr> factors)
{
    if (factors.empty())
        return integer(1);
    return factors.size() == 1 ? factors[0] : makeNode(Kind::Multiply, "", std::move(factors));
}

// What may be a new variable: arguments, exponents and bases, and the functions themselves; larger ones first.
void collectInner(const Expr& e, const std::string& variable, std::vector<Expr>& inner)
{
    const auto offer = [&](const Expr& part) {
        const bool known =
            std::any_of(inner.begin(), inner.end(), [&](const Expr& other) { return sameTree(other, part); });
        if (part->kind != Kind::Symbol && dependsOn(part, variable) && !known)
            inner.push_back(part);
    };
    if (e->kind == Kind::Function) {
        offer(e->args[0]);
        offer(e);
    } else if (e->kind == Kind::Power || e->kind == Kind::Root) {
        offer(e->args[0]);
        offer(e->args[1]);
        offer(e);
    } else if (e->kind == Kind::Divide) {
        offer(e->args[1]);
    }
    for (const Expr& arg : e->args)
        collectInner(arg, variable, inner);
}

} // namespace

void Integrator::write(Action action, const Expr& from, const Expr& to)
{
    constexpr std::size_t mostSteps = 100;
    if (m_steps.size() < mostSteps)
        m_steps.push_back({action, from, to});
}

Expr Integrator::shown(const Expr& e) const { return makeNode(Kind::Integral, "", {e, symbol(m_variable)}); }

Expr Integrator::slopeOf(const Expr& e) const
{
    if (!dependsOn(e, m_variable))
        return nullptr;
    const auto slope = differentiate(e, m_variable, m_budget);
    return slope && !dependsOn(slope->value, m_variable) ? slope->value : nullptr;
}

std::vector<Integrator::Factor> Integrator::factorsOf(const Expr& e) const
{
    std::vector<Factor> result;
    const auto append = [&](const Expr& part, bool inverse) {
        for (Factor& factor : factorsOf(part)) {
            if (inverse && factor.base->kind == Kind::Power && sameTree(factor.exponent, integer(1)) &&
                dependsOn(factor.base->args[1], m_variable))
                factor.base = simplified(divide(integer(1), factor.base), m_budget); // 1/e^x is e^(-x)
            else if (inverse)
                factor.exponent = simplified(negate(factor.exponent), m_budget);
            result.push_back(std::move(factor));
        }
    };
    switch (e->kind) {
    case Kind::Multiply:
        for (const Expr& arg : e->args)
            append(arg, false);
        return result;
    case Kind::Divide:
        append(e->args[0], false);
        append(e->args[1], true);
        return result;
    case Kind::Negate:
        result.push_back({integer(-1), integer(1)});
        append(e->args[0], false);
        return result;
    case Kind::Power:
        if (!dependsOn(e->args[1], m_variable))
            return {{e->args[0], e->args[1]}};
        return {{e, integer(1)}};
    case Kind::Root: return {{e->args[0], simplified(divide(integer(1), e->args[1]), m_budget)}};
    default: return {{e, integer(1)}};
    }
}

Expr Integrator::find(const Expr& integrand)
{
    const Expr e = simplified(integrand, m_budget);
    if (m_depth > deepest || !m_budget.spend(20))
        return nullptr;
    if (!dependsOn(e, m_variable))
        return product({e, symbol(m_variable)});
    if (e->kind != Kind::Add)
        return withoutConstants(e);
    std::vector<Expr> written, terms;
    for (const Expr& arg : e->args)
        written.push_back(shown(arg));
    write(Action::IntegrateTermByTerm, shown(e), add(written));
    for (const Expr& arg : e->args) {
        terms.push_back(find(arg));
        if (!terms.back())
            return nullptr;
    }
    return add(std::move(terms));
}

// Constants stay in front; the rest is tried with one method after the other, the simplest first.
Expr Integrator::withoutConstants(const Expr& e)
{
    std::vector<Expr> constants, moving;
    std::vector<Factor> factors;
    for (const Factor& factor : factorsOf(e)) {
        const bool constant = !dependsOn(factor.base, m_variable) && !dependsOn(factor.exponent, m_variable);
        (constant ? constants : moving).push_back(power(factor.base, factor.exponent));
        if (!constant)
            factors.push_back(factor);
    }
    const Expr rest = simplified(product(moving), m_budget);
    const Expr front = simplified(product(constants), m_budget);
    if (!sameTree(front, integer(1))) {
        if (!sameTree(rest, e) && rest->kind != Kind::Symbol)
            write(Action::ConstantInFront, shown(e), product({front, shown(rest)}));
        const Expr inner = find(rest);
        return inner ? product({front, inner}) : nullptr;
    }
    const auto found = [&](Action action, const Expr& value) {
        write(action, shown(e), simplified(value, m_budget));
        return value;
    };
    if (factors.size() == 1)
        if (const Expr value = fromTable(factors[0]))
            return found(factors[0].base->kind == Kind::Symbol ? Action::IntegratePower : Action::KnownIntegral, value);
    if (const Expr value = rational(e))
        return value;
    if (const Expr value = exponentialTimesWave(factors))
        return found(Action::KnownIntegral, value);
    if (const Expr value = bySubstitution(e))
        return value;
    if (const Expr value = byParts(e, factors))
        return value;
    const Expr flat = expanded(e, m_budget);
    if (flat->kind != Kind::Add || sameTree(flat, e))
        return nullptr;
    write(Action::Expand, shown(e), shown(flat));
    return find(flat);
}

// Integrands of the form g(u) u' with the new variable u.
Expr Integrator::bySubstitution(const Expr& e)
{
    std::vector<Expr> inner;
    collectInner(e, m_variable, inner);
    const std::string name = dependsOn(e, "u") || m_variable == "u" ? (m_variable == "w" ? "v" : "w") : "u";
    for (const Expr& u : inner) {
        if (!m_budget.spend(50))
            return nullptr;
        const auto slope = differentiate(u, m_variable, m_budget);
        if (!slope || sameTree(u, e))
            continue;
        const Expr quotient = simplified(divide(e, slope->value), m_budget);
        const Expr inU = simplified(replacePart(quotient, u, symbol(name)), m_budget);
        if (dependsOn(inU, m_variable))
            continue;
        Integrator next(name, m_budget, m_depth + 1);
        const Expr value = next.find(inU);
        if (!value)
            continue;
        write(Action::Substitute, shown(e),
              makeNode(Kind::List, ",",
                       {makeNode(Kind::Integral, "", {inU, symbol(name)}),
                        makeNode(Kind::Relation, "=", {symbol(name), u})}));
        m_steps.insert(m_steps.end(), next.m_steps.begin(), next.m_steps.end());
        const Expr back = substitute(value, name, u);
        write(Action::SubstituteBack, value, simplified(back, m_budget));
        return back;
    }
    return nullptr;
}

tl::expected<Derivation, std::string> integrate(const Expr& body, const std::string& variable, const Budget& budget)
{
    Integrator search(variable, budget);
    const Expr found = search.find(body);
    if (!found)
        return refused(budget.spent() ? "there was no time for it" : "no method that is known here fits the integrand");
    const Expr value = simplified(found, budget);
    const auto derivative = differentiate(value, variable, budget);
    if (!derivative || !provablyEqual(derivative->value, simplified(body, budget), budget))
        return refused("the antiderivative could not be checked by differentiation");
    Derivation result{value, search.steps()};
    result.steps.push_back({Action::CheckByDifferentiating, derivativeOf(value, variable), body});
    return result;
}

tl::expected<Derivation, std::string> integrateBetween(const Expr& integral, const Budget& budget)
{
    const Expr& body = integral->args[0];
    const std::string& variable = integral->args[1]->text;
    auto result = integrate(body, variable, budget);
    if (!result)
        return result;
    const Expr antiderivative = result->value;
    const Expr inserted = subtract(substitute(antiderivative, variable, integral->args[3]),
                                   substitute(antiderivative, variable, integral->args[2]));
    const Expr value = simplified(inserted, budget);
    if (!freeSymbols(value).empty() || !freeSymbols(integral).empty())
        return refused("a letter stands in the bounds or in the integrand");
    constexpr long precision = 60;
    constexpr long twelveDigits = 40;
    const BallValue enclosed = evaluateWithIntegrals(subtract(integral, value), precision, budget);
    if (enclosed.status != BallStatus::Defined || !enclosed.ball.withinOfZero(twelveDigits))
        return refused("the integrand is not bounded between the bounds, or the value could not be checked");
    result->steps.push_back({Action::InsertBounds, integral, inserted});
    if (!sameTree(inserted, value))
        result->steps.push_back({Action::Simplify, inserted, value});
    result->value = value;
    return result;
}

} // namespace lemma::tutor
