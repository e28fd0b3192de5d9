// Integration by parts: a polynomial times an exponential, a sine or a cosine loses a degree each time; a logarithm or
// an arc function is differentiated, what stands beside it is integrated.
#include <algorithm>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/integrator.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_function.h"

namespace lemma::tutor {
namespace {

bool isOne(const Expr& e)
{
    const auto value = writtenNumber(e);
    return value && fmpq_is_one(value->get()) != 0;
}

bool isWave(const Expr& e)
{
    return e->kind == Kind::Function &&
           (e->text == "sin" || e->text == "cos" || e->text == "sinh" || e->text == "cosh");
}

// Becomes simpler when it is differentiated.
bool shrinks(const Expr& e)
{
    return e->kind == Kind::Function &&
           (e->text == "ln" || e->text == "asin" || e->text == "acos" || e->text == "atan");
}

Expr product(std::vector<Expr> factors)
{
    if (factors.empty())
        return integer(1);
    return factors.size() == 1 ? factors[0] : makeNode(Kind::Multiply, "", std::move(factors));
}

} // namespace

Expr Integrator::byParts(const Expr& e, const std::vector<Factor>& factors)
{
    if (factors.size() < 2 && !(factors.size() == 1 && shrinks(factors[0].base)))
        return nullptr;
    // u is differentiated, v' is integrated.
    std::vector<Expr> u, rest;
    for (const Factor& factor : factors)
        (shrinks(factor.base) ? u : rest).push_back(power(factor.base, factor.exponent));
    if (u.size() > 1)
        return nullptr;
    if (u.empty()) {
        rest.clear();
        for (const Factor& factor : factors) {
            const bool wave = (isWave(factor.base) && isOne(factor.exponent) && slopeOf(factor.base->args[0])) ||
                              (factor.base->kind == Kind::Power && isOne(factor.exponent) &&
                               dependsOn(factor.base->args[1], m_variable));
            (wave ? rest : u).push_back(power(factor.base, factor.exponent));
        }
        const auto polynomial = readRationalFunction(simplified(product(u), m_budget), m_variable);
        if (rest.size() != 1 || u.empty() || !polynomial || polynomial->excluded.degree() > 0 ||
            polynomial->top.degree() > 12)
            return nullptr;
    }
    const Expr left = simplified(product(u), m_budget), right = simplified(product(rest), m_budget);
    Integrator inner(m_variable, m_budget, m_depth + 1);
    const Expr v = inner.find(right);
    const auto slope = v ? differentiate(left, m_variable, m_budget) : tl::unexpected<std::string>("");
    if (!slope)
        return nullptr;
    const Expr whole = simplified(v, m_budget);
    const Expr next = simplified(product({whole, slope->value}), m_budget);
    write(Action::IntegrateByParts, shown(e), subtract(product({left, whole}), shown(next)));
    Integrator remaining(m_variable, m_budget, m_depth + 1);
    const Expr last = remaining.find(next);
    m_steps.insert(m_steps.end(), remaining.m_steps.begin(), remaining.m_steps.end());
    return last ? subtract(product({left, whole}), last) : nullptr;
}

// e^u sin w and e^u cos w with slopes a and b, by parts twice: e^u (a sin w - b cos w)/(a^2 + b^2), and with + b sin w.
Expr Integrator::exponentialTimesWave(const std::vector<Factor>& factors) const
{
    if (factors.size() != 2 || !isOne(factors[0].exponent) || !isOne(factors[1].exponent))
        return nullptr;
    const bool waveFirst = factors[0].base->kind == Kind::Function;
    const Expr &wave = factors[waveFirst ? 0 : 1].base, &exponential = factors[waveFirst ? 1 : 0].base;
    const bool fits = wave->kind == Kind::Function && (wave->text == "sin" || wave->text == "cos") &&
                      exponential->kind == Kind::Power && exponential->args[0]->kind == Kind::Constant &&
                      exponential->args[0]->text == "e";
    const Expr a = fits ? slopeOf(exponential->args[1]) : nullptr, b = a ? slopeOf(wave->args[0]) : nullptr;
    if (!b)
        return nullptr;
    const Expr &w = wave->args[0], sine = function("sin", {w}), cosine = function("cos", {w});
    const Expr combined = wave->text == "sin" ? subtract(product({a, sine}), product({b, cosine}))
                                              : add({product({a, cosine}), product({b, sine})});
    return divide(product({exponential, combined}), add({power(a, integer(2)), power(b, integer(2))}));
}

} // namespace lemma::tutor
