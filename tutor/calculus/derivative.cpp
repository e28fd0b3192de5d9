#include "tutor/calculus/derivative.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "tutor/calculus/derivative_rules.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/ball.h"
#include "tutor/math/polynomial.h"
#include "tutor/math/rational_function.h"

namespace lemma::tutor {
namespace {

Expr product(std::vector<Expr> factors) { return makeNode(Kind::Multiply, "", std::move(factors)); }
bool isE(const Expr& e) { return e->kind == Kind::Constant && e->text == "e"; }
Expr lessOne(const Expr& e) { return subtract(e, integer(1)); }
tl::unexpected<std::string> refused(std::string why) { return tl::unexpected<std::string>(std::move(why)); }

class Differentiator {
public:
    Differentiator(std::string variable, const Budget& budget) : m_variable(std::move(variable)), m_budget(budget) {}

    // Null: m_fault says why.
    Expr derive(const Expr& e)
    {
        if (!m_budget.spend(2))
            return refuse("there was no time for it");
        if (!dependsOn(e, m_variable))
            return integer(0);
        if (e->kind == Kind::Symbol)
            return integer(1);
        switch (e->kind) {
        case Kind::Add: return sum(e);
        case Kind::Negate: return negated(e);
        case Kind::Percent: return constantFactor(e, divide(integer(1), integer(100)), e->args[0]);
        case Kind::Multiply: return productRule(e);
        case Kind::Divide: return quotientRule(e);
        case Kind::Power: return powerRule(e);
        case Kind::Root: return rootRule(e);
        case Kind::Function: return functionRule(e);
        case Kind::Apply: return applied(e);
        case Kind::Integral: return integral(e);
        case Kind::Derivative: return nested(e);
        case Kind::Sum: return runningSum(e);
        default: return refuse("a part of it has no derivative that is known here");
        }
    }

    const std::string& fault() const { return m_fault; }
    std::vector<SolutionStep>& steps() { return m_steps; }

private:
    Expr refuse(std::string why)
    {
        if (m_fault.empty())
            m_fault = std::move(why);
        return nullptr;
    }

    // What is written for the derivative of a part while a rule is shown.
    Expr shown(const Expr& e) const
    {
        if (!dependsOn(e, m_variable))
            return integer(0);
        return e->kind == Kind::Symbol ? integer(1) : derivativeOf(e, m_variable);
    }

    void write(Action action, const Expr& from, const Expr& to)
    {
        constexpr std::size_t mostSteps = 200;
        if (m_steps.size() < mostSteps)
            m_steps.push_back({action, derivativeOf(from, m_variable), simplified(to, m_budget)});
    }

    Expr sum(const Expr& e)
    {
        std::vector<Expr> written, terms;
        for (const Expr& arg : e->args)
            if (dependsOn(arg, m_variable))
                written.push_back(shown(arg));
        if (e->args.size() > 1)
            write(Action::SumRule, e, add(written));
        for (const Expr& arg : e->args) {
            terms.push_back(derive(arg));
            if (!terms.back())
                return nullptr;
        }
        return add(std::move(terms));
    }

    Expr negated(const Expr& e)
    {
        const Expr inner = derive(e->args[0]);
        return inner ? negate(inner) : nullptr;
    }

    Expr constantFactor(const Expr& e, const Expr& factor, const Expr& rest)
    {
        if (rest->kind != Kind::Symbol && rest->kind != Kind::Power)
            write(Action::ConstantFactorRule, e, product({factor, shown(rest)}));
        const Expr inner = derive(rest);
        return inner ? product({factor, inner}) : nullptr;
    }

    Expr productRule(const Expr& e)
    {
        std::vector<Expr> constants, moving;
        for (const Expr& arg : e->args)
            (dependsOn(arg, m_variable) ? moving : constants).push_back(arg);
        if (!constants.empty())
            return constantFactor(e, constants.size() == 1 ? constants[0] : product(constants),
                                  moving.size() == 1 ? moving[0] : product(moving));
        const auto terms = [&](auto derivativeOfPart) {
            std::vector<Expr> result;
            for (std::size_t i = 0; i < moving.size(); ++i) {
                std::vector<Expr> factors = moving;
                factors[i] = derivativeOfPart(moving[i]);
                if (!factors[i])
                    return std::vector<Expr>{};
                result.push_back(product(std::move(factors)));
            }
            return result;
        };
        m_budget.spend(static_cast<long>(moving.size() * moving.size()));
        write(Action::ProductRule, e, add(terms([&](const Expr& part) { return shown(part); })));
        std::vector<Expr> result = terms([&](const Expr& part) { return derive(part); });
        return result.empty() ? nullptr : add(std::move(result));
    }

    Expr quotientRule(const Expr& e)
    {
        const Expr &top = e->args[0], &bottom = e->args[1];
        if (!dependsOn(bottom, m_variable))
            return constantFactor(e, divide(integer(1), bottom), top);
        const auto quotient = [&](const Expr& topD, const Expr& bottomD) {
            return divide(subtract(product({topD, bottom}), product({top, bottomD})), power(bottom, integer(2)));
        };
        const bool reciprocal = !dependsOn(top, m_variable);
        if (reciprocal) // c/v is c v^-1, which is shorter than the quotient rule
            return powerOf(e, top, bottom, integer(-1));
        write(Action::QuotientRule, e, quotient(shown(top), shown(bottom)));
        const Expr topD = derive(top), bottomD = topD ? derive(bottom) : nullptr;
        return bottomD ? quotient(topD, bottomD) : nullptr;
    }

    // c u^n for a constant n.
    Expr powerOf(const Expr& e, const Expr& factor, const Expr& base, const Expr& exponent)
    {
        const Expr outer = product({factor, exponent, power(base, simplified(lessOne(exponent), m_budget))});
        const bool plain = base->kind == Kind::Symbol;
        write(plain ? Action::PowerRule : Action::ChainRule, e, plain ? outer : product({outer, shown(base)}));
        const Expr inner = derive(base);
        return inner ? product({outer, inner}) : nullptr;
    }

    Expr powerRule(const Expr& e)
    {
        const Expr &base = e->args[0], &exponent = e->args[1];
        if (!dependsOn(exponent, m_variable))
            return powerOf(e, integer(1), base, exponent);
        if (!dependsOn(base, m_variable)) {
            const Expr outer = isE(base) ? e : product({e, function("ln", {base})});
            const bool plain = exponent->kind == Kind::Symbol;
            write(plain ? Action::ExponentialRule : Action::ChainRule, e,
                  plain ? outer : product({outer, shown(exponent)}));
            const Expr inner = derive(exponent);
            return inner ? product({outer, inner}) : nullptr;
        }
        // u^v = e^(v ln u)
        const Expr logarithm = product({exponent, function("ln", {base})});
        write(Action::LogarithmicDerivative, e, product({e, derivativeOf(logarithm, m_variable)}));
        const Expr inner = derive(logarithm);
        return inner ? product({e, inner}) : nullptr;
    }

    Expr rootRule(const Expr& e)
    {
        if (dependsOn(e->args[1], m_variable))
            return refuse("the degree of a root is not constant");
        const Expr exponent = simplified(divide(integer(1), e->args[1]), m_budget);
        return powerOf(e, integer(1), e->args[0], exponent);
    }

    Expr functionRule(const Expr& e)
    {
        const bool logarithm = e->text == "log";
        if (logarithm && e->args.size() == 2 && dependsOn(e->args[1], m_variable)) {
            const Expr quotient = divide(function("ln", {e->args[0]}), function("ln", {e->args[1]}));
            write(Action::Rewrite, e, derivativeOf(quotient, m_variable));
            return derive(quotient);
        }
        const Expr& u = e->args[0];
        Expr outer;
        if (logarithm) {
            const Expr base = e->args.size() == 2 ? e->args[1] : integer(10);
            outer = divide(integer(1), product({u, function("ln", {base})}));
        } else if (e->text == "ln" && u->kind == Kind::Function && u->text == "abs") {
            return logarithmOfSize(e, u->args[0]);
        } else if (e->args.size() == 1) {
            outer = outerDerivative(e->text, u);
        }
        if (!outer)
            return refuse("the function " + e->text + " has no derivative in closed form");
        const bool plain = u->kind == Kind::Symbol;
        write(plain ? Action::KnownDerivative : Action::ChainRule, e, plain ? outer : product({outer, shown(u)}));
        const Expr inner = derive(u);
        return inner ? product({outer, inner}) : nullptr;
    }

    // (ln |u|)' = u'/u
    Expr logarithmOfSize(const Expr& e, const Expr& u)
    {
        write(Action::KnownDerivative, e, divide(shown(u), u));
        const Expr inner = derive(u);
        return inner ? divide(inner, u) : nullptr;
    }

    Expr applied(const Expr& e)
    {
        if (e->args.size() != 1)
            return refuse("a function of several variables");
        const Expr outer = makeNode(Kind::Apply, e->text + "'", e->args);
        if (e->args[0]->kind == Kind::Symbol)
            return outer;
        write(Action::ChainRule, e, product({outer, shown(e->args[0])}));
        const Expr inner = derive(e->args[0]);
        return inner ? product({outer, inner}) : nullptr;
    }

    // The fundamental theorem.
    Expr integral(const Expr& e)
    {
        const Expr& body = e->args[0];
        const std::string& running = e->args[1]->text;
        if (e->args.size() == 2)
            return running == m_variable ? body : refuse("an integral over another variable");
        if (running != m_variable && dependsOn(body, m_variable))
            return refuse("a parameter of the integrand");
        const Expr upper = derive(e->args[3]), lower = upper ? derive(e->args[2]) : nullptr;
        if (!lower)
            return nullptr;
        Expr result = subtract(product({substitute(body, running, e->args[3]), upper}),
                               product({substitute(body, running, e->args[2]), lower}));
        write(Action::FundamentalTheorem, e, result);
        return result;
    }

    Expr nested(const Expr& e)
    {
        const auto inner = differentiateNotation(e, m_budget);
        if (!inner)
            return refuse(inner.error());
        m_steps.insert(m_steps.end(), inner->steps.begin(), inner->steps.end());
        return derive(inner->value);
    }

    Expr runningSum(const Expr& e)
    {
        if (dependsOn(e->args[2], m_variable) || dependsOn(e->args[3], m_variable))
            return refuse("a bound of the sum is not constant");
        const Expr inner = derive(e->args[0]);
        return inner ? withArguments(*e, {inner, e->args[1], e->args[2], e->args[3]}) : nullptr;
    }

    std::string m_variable;
    const Budget& m_budget;
    std::string m_fault;
    std::vector<SolutionStep> m_steps;
};

// A polynomial with rational coefficients, of whatever was multiplied out.
std::optional<Polynomial> asPolynomial(const Expr& e, const std::string& variable)
{
    const auto read = readRationalFunction(e, variable);
    if (!read || read->excluded.degree() > 0)
        return std::nullopt;
    return exactQuotient(read->top, read->bottom);
}

// (2x(x-1) - x^2)/(x-1)^2: the numerator is multiplied out, and what it has in common with a factor below is cancelled.
Expr tidyQuotient(const Expr& e, const std::string& variable, const Budget& budget)
{
    if (e->kind == Kind::Negate) {
        const Expr inner = tidyQuotient(e->args[0], variable, budget);
        return inner == e->args[0] ? e : simplified(negate(inner), budget);
    }
    if (e->kind == Kind::Add) {
        const Expr flat = expanded(e, budget);
        return flat->kind == Kind::Add && flat->args.size() <= e->args.size() ? flat : e;
    }
    if (e->kind != Kind::Divide || !contains(e->args[0], Kind::Add))
        return e;
    const Expr top = expanded(e->args[0], budget);
    auto polynomial = asPolynomial(top, variable);
    std::vector<Expr> below = e->args[1]->kind == Kind::Multiply ? e->args[1]->args : std::vector{e->args[1]};
    if (!polynomial || polynomial->isZero())
        return simplified(divide(top, e->args[1]), budget);
    Polynomial left = *polynomial;
    bool cancelled = false;
    for (Expr& factor : below) {
        const bool powered = factor->kind == Kind::Power;
        const auto exponent = writtenNumber(powered ? factor->args[1] : integer(1));
        const auto base = asPolynomial(powered ? factor->args[0] : factor, variable);
        if (!base || base->degree() < 1 || !exponent || !exponent->isInteger() || exponent->sign() <= 0)
            continue;
        long times = 0;
        const long most = fmpz_get_si(fmpq_numref(exponent->get()));
        while (times < most && base->dividesInto(left)) {
            left = exactQuotient(left, *base);
            ++times;
        }
        cancelled = cancelled || times > 0;
        factor = power(powered ? factor->args[0] : factor, integer(most - times));
    }
    const Expr newTop = cancelled ? toExpression(left, variable) : top;
    return simplified(divide(newTop, below.size() == 1 ? below[0] : product(below)), budget);
}

// Interval arithmetic sees no difference at a few points.
bool agree(const Expr& a, const Expr& b, const Budget& budget)
{
    std::set<std::string> names = freeSymbols(a);
    names.merge(freeSymbols(b));
    for (const auto& [top, bottom] : {std::pair(7L, 5UL), {-3L, 11UL}, {29L, 13UL}}) {
        Point point;
        long shift = 0;
        for (const std::string& name : names)
            point[name] = Rational(top + 3 * shift++, bottom);
        const BallValue x = evaluateBall(a, point, 128, budget), y = evaluateBall(b, point, 128, budget);
        if (x.status != BallStatus::Defined || y.status != BallStatus::Defined)
            continue;
        Ball difference;
        acb_sub(difference.get(), x.ball.get(), y.ball.get(), 128);
        if (difference.surelyNonzero())
            return false;
    }
    return true;
}

} // namespace

bool dependsOn(const Expr& expr, const std::string& variable) { return freeSymbols(expr).contains(variable); }

Expr derivativeOf(Expr body, const std::string& variable)
{
    return makeNode(Kind::Derivative, "", {std::move(body), symbol(variable), integer(1)});
}

tl::expected<Derivation, std::string> differentiate(const Expr& body, const std::string& variable, const Budget& budget)
{
    if (variable == "x" && dependsOn(body, "y"))
        return refused("y may depend on x");
    Differentiator rules(variable, budget);
    const Expr raw = rules.derive(body);
    if (!raw)
        return refused(rules.fault());
    const Expr value = tidyQuotient(simplified(raw, budget), variable, budget);
    if (budget.spent())
        return refused("there was no time for it");
    if (!agree(raw, value, budget))
        return refused("the simplified derivative could not be checked");
    Derivation result{value, std::move(rules.steps())};
    const bool lastSaysSo =
        !result.steps.empty() && sameTree(result.steps.back().to, value) && result.steps.size() == 1;
    if (!lastSaysSo)
        result.steps.push_back({Action::Simplify, derivativeOf(body, variable), value});
    return result;
}

tl::expected<Derivation, std::string> differentiateNotation(const Expr& derivative, const Budget& budget)
{
    const auto order = writtenNumber(derivative->args[2]);
    constexpr long mostTimes = 10;
    if (!order || !order->isInteger() || order->sign() <= 0 || fmpz_cmp_si(fmpq_numref(order->get()), mostTimes) > 0)
        return refused("the order of the derivative is no small whole number");
    const std::string& variable = derivative->args[1]->text;
    if (derivative->args[0]->kind == Kind::Symbol && derivative->args[0]->text != variable)
        return refused(derivative->args[0]->text + " may depend on " + variable);
    Derivation result{derivative->args[0], {}};
    for (long n = fmpz_get_si(fmpq_numref(order->get())); n > 0; --n) {
        auto next = differentiate(result.value, variable, budget);
        if (!next)
            return next;
        result.value = next->value;
        result.steps.insert(result.steps.end(), next->steps.begin(), next->steps.end());
    }
    return result;
}

} // namespace lemma::tutor
