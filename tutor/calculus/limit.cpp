#include "tutor/calculus/limit.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "tutor/calculus/series.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/ball.h"
#include "tutor/math/rational_function.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

tl::unexpected<std::string> refused(std::string why) { return tl::unexpected<std::string>(std::move(why)); }
Expr infinity(bool negative) { return negative ? negate(constant("infinity")) : constant("infinity"); }
bool isInfinity(const Expr& e) { return e->kind == Kind::Constant && e->text == "infinity"; }

// Where every part has a value that changes little when the point does. Says yes only when that is proved.
bool continuousAt(const Expr& e, const std::string& variable, const Expr& point, const Budget& budget)
{
    if (!dependsOn(e, variable))
        return true;
    if (!budget.spend(20))
        return false;
    const auto ballOf = [&](const Expr& part) {
        return evaluateBall(substitute(part, variable, point), {}, 128, budget);
    };
    const auto positive = [&](const Expr& part) {
        const BallValue value = ballOf(part);
        return value.status == BallStatus::Defined && value.ball.surelyPositive();
    };
    bool here = true;
    switch (e->kind) {
    case Kind::Symbol: return true;
    case Kind::Add:
    case Kind::Negate:
    case Kind::Multiply:
    case Kind::Percent: break;
    case Kind::Divide: {
        const BallValue bottom = ballOf(e->args[1]);
        here = bottom.status == BallStatus::Defined && bottom.ball.surelyNonzero();
        break;
    }
    case Kind::Power: {
        const auto exponent = writtenNumber(e->args[1]);
        const bool natural = exponent && exponent->isInteger() && exponent->sign() > 0;
        here = natural || positive(e->args[0]);
        break;
    }
    case Kind::Root: here = positive(e->args[0]); break;
    case Kind::Function: {
        const std::string& name = e->text;
        static constexpr std::string_view everywhere[] = {"sin", "cos", "atan", "sinh", "cosh", "tanh", "asinh", "abs"};
        const bool always = std::find(std::begin(everywhere), std::end(everywhere), name) != std::end(everywhere);
        if (name == "tan" || name == "sec")
            here = continuousAt(divide(integer(1), function("cos", e->args)), variable, point, budget);
        else
            here = always || ((name == "ln" || name == "log") && positive(e->args[0]) &&
                              (e->args.size() == 1 || !dependsOn(e->args[1], variable)));
        break;
    }
    default: return false;
    }
    return here && std::all_of(e->args.begin(), e->args.end(),
                               [&](const Expr& arg) { return continuousAt(arg, variable, point, budget); });
}

struct Side {
    Expr value;       // null: not known
    Expr leadingTerm; // in the variable itself, for a step
};

class Limit {
public:
    Limit(const Expr& limit, const Budget& budget)
        : m_body(limit->args[0]), m_variable(limit->args[1]->text), m_budget(budget), m_notation(limit)
    {
        m_point = simplified(limit->args[2], budget);
    }

    tl::expected<Derivation, std::string> run()
    {
        const bool toInfinity = isInfinity(m_point) || (m_point->kind == Kind::Negate && isInfinity(m_point->args[0]));
        if (const Expr value = powerLimit())
            return finished(value);
        const std::string& side = m_notation->text;
        if (toInfinity || side == "+" || side == "-") {
            const bool minus = toInfinity ? m_point->kind == Kind::Negate : side == "-";
            const Side one = from(minus, toInfinity);
            if (!one.value)
                return direct();
            return finished(one);
        }
        if (const auto value = direct())
            return value;
        const Side right = from(false, false), left = from(true, false);
        if (!right.value || !left.value)
            return refused("no method that is known here decides this limit");
        if (sameTree(right.value, left.value))
            return finished(right);
        Derivation none;
        const Expr rightLimit = sided("+"), leftLimit = sided("-");
        none.steps.push_back({Action::LeftAndRight, leftLimit, left.value});
        none.steps.push_back({Action::LeftAndRight, rightLimit, right.value});
        return none;
    }

private:
    Expr sided(const char* side) const { return makeNode(Kind::Limit, side, m_notation->args); }

    // The point is x = a + t, a - t, 1/t or -1/t, for t > 0 that goes to zero.
    Side from(bool minus, bool toInfinity) const
    {
        const std::string t = m_variable == "t" ? "s" : "t";
        if (dependsOn(m_body, t) || (!toInfinity && !writtenNumber(m_point)))
            return {};
        const Expr step = toInfinity ? divide(integer(1), symbol(t)) : symbol(t);
        const Expr signedStep = minus ? negate(step) : step;
        const Expr at = toInfinity ? signedStep : add({m_point, signedStep});
        const auto expansion = expansionOf(substitute(m_body, m_variable, at), t, m_budget);
        if (!expansion)
            return {};
        const bool zero = expansion->isZero();
        if (zero && expansion->order <= 0)
            return {};
        if (zero || expansion->valuation > 0)
            return {integer(0), nullptr};
        const Rational leading = expansion->leading();
        const Expr term = leadingTerm(leading, expansion->valuation, minus, toInfinity);
        if (expansion->valuation == 0)
            return {rationalExpr(leading), term};
        return {infinity(leading.sign() < 0), term};
    }

    // c t^v in terms of x.
    Expr leadingTerm(Rational c, long valuation, bool minus, bool toInfinity) const
    {
        const long exponent = toInfinity ? -valuation : valuation;
        if (minus && valuation % 2 != 0)
            fmpq_neg(c.get(), c.get());
        const Expr base = toInfinity ? symbol(m_variable) : subtract(symbol(m_variable), m_point);
        return simplified(multiply({rationalExpr(c), power(base, integer(exponent))}), m_budget);
    }

    // u^v = e^(v ln u), where the exponent has a limit: (1 + 1/x)^x.
    Expr powerLimit() const
    {
        if (m_body->kind != Kind::Power || !dependsOn(m_body->args[1], m_variable) ||
            !dependsOn(m_body->args[0], m_variable))
            return nullptr;
        const Expr exponent = multiply({m_body->args[1], function("ln", {m_body->args[0]})});
        const auto inner =
            limitOf(makeNode(Kind::Limit, m_notation->text, {exponent, m_notation->args[1], m_point}), m_budget);
        if (!inner || !inner->value || contains(inner->value, Kind::Constant))
            return nullptr;
        return simplified(power(constant("e"), inner->value), m_budget);
    }

    tl::expected<Derivation, std::string> direct() const
    {
        if (!freeSymbols(m_point).empty() || containsConstant(m_point, "infinity") ||
            !continuousAt(m_body, m_variable, m_point, m_budget))
            return refused("no method that is known here decides this limit");
        const Expr inserted = substitute(m_body, m_variable, m_point);
        Derivation result{simplified(inserted, m_budget), {}};
        result.steps.push_back({Action::InsertPoint, m_notation, result.value});
        return result;
    }

    tl::expected<Derivation, std::string> finished(const Side& side) const
    {
        Derivation result{side.value, {}};
        const auto read = readRationalFunction(m_body, m_variable);
        const bool infinite = containsConstant(m_point, "infinity");
        Expr line = m_body;
        if (read && !infinite) {
            const Polynomial common = greatestCommonDivisor(read->top, read->bottom);
            if (common.degree() > 0) {
                line = simplified(divide(toExpression(exactQuotient(read->top, common), m_variable),
                                         toExpression(exactQuotient(read->bottom, common), m_variable)),
                                  m_budget);
                result.steps.push_back({Action::CancelCommonFactor, m_body, line});
            }
        } else if (side.leadingTerm) {
            result.steps.push_back({Action::LeadingTerm, m_body, side.leadingTerm});
            line = side.leadingTerm;
        }
        result.steps.push_back({Action::InsertPoint,
                                makeNode(Kind::Limit, m_notation->text, {line, m_notation->args[1], m_point}),
                                side.value});
        return result;
    }

    tl::expected<Derivation, std::string> finished(const Expr& value) const { return finished(Side{value, nullptr}); }

    Expr m_body;
    std::string m_variable;
    const Budget& m_budget;
    Expr m_notation;
    Expr m_point;
};

} // namespace

tl::expected<Derivation, std::string> limitOf(const Expr& limit, const Budget& budget)
{
    auto result = Limit(limit, budget).run();
    return budget.spent() ? refused("there was no time for it") : result;
}

} // namespace lemma::tutor
