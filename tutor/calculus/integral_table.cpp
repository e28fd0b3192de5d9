// Integrals that are known: a function of a linear argument u with slope a has the known antiderivative in u over a.
#include <string_view>
#include <unordered_map>

#include "tutor/calculus/integrator.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_function.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

Expr call(const char* name, const Expr& u) { return function(name, {u}); }
Expr logOf(const Expr& u) { return call("ln", call("abs", u)); }
Expr root(const Expr& e) { return makeNode(Kind::Root, "", {e, integer(2)}); }
Expr square(const Expr& u) { return power(u, integer(2)); }
Expr half(const Expr& e) { return divide(e, integer(2)); }
Expr product(Expr a, Expr b) { return makeNode(Kind::Multiply, "", {std::move(a), std::move(b)}); }
Expr doubled(const Expr& u) { return product(integer(2), u); }

using Rule = Expr (*)(const Expr&);
using Table = std::unordered_map<std::string_view, Rule>;

const Table& plain()
{
    static const Table table = {
        {"sin", [](const Expr& u) { return negate(call("cos", u)); }},
        {"cos", [](const Expr& u) { return call("sin", u); }},
        {"tan", [](const Expr& u) { return negate(logOf(call("cos", u))); }},
        {"cot", [](const Expr& u) { return logOf(call("sin", u)); }},
        {"sinh", [](const Expr& u) { return call("cosh", u); }},
        {"cosh", [](const Expr& u) { return call("sinh", u); }},
        {"tanh", [](const Expr& u) { return call("ln", call("cosh", u)); }},
        {"ln", [](const Expr& u) { return subtract(product(u, call("ln", u)), u); }},
        {"asin",
         [](const Expr& u) {
             return add({product(u, call("asin", u)), root(subtract(integer(1), square(u)))});
         }},
        {"acos",
         [](const Expr& u) { return subtract(product(u, call("acos", u)), root(subtract(integer(1), square(u)))); }},
        {"atan",
         [](const Expr& u) {
             return subtract(product(u, call("atan", u)), half(call("ln", add({square(u), integer(1)}))));
         }},
    };
    return table;
}

const Table& squared()
{
    static const Table table = {
        {"sin", [](const Expr& u) { return subtract(half(u), divide(call("sin", doubled(u)), integer(4))); }},
        {"cos",
         [](const Expr& u) {
             return add({half(u), divide(call("sin", doubled(u)), integer(4))});
         }},
        {"tan", [](const Expr& u) { return subtract(call("tan", u), u); }},
        {"cot", [](const Expr& u) { return subtract(negate(call("cot", u)), u); }},
        {"sec", [](const Expr& u) { return call("tan", u); }},
        {"csc", [](const Expr& u) { return negate(call("cot", u)); }},
    };
    return table;
}

const Table& inverseSquared()
{
    static const Table table = {
        {"cos", [](const Expr& u) { return call("tan", u); }},
        {"sin", [](const Expr& u) { return negate(call("cot", u)); }},
        {"cosh", [](const Expr& u) { return call("tanh", u); }},
    };
    return table;
}

} // namespace

Expr Integrator::fromTable(const Factor& factor) const
{
    const auto exponent = writtenNumber(factor.exponent);
    const Expr& base = factor.base;
    if (base->kind == Kind::Power && exponent && fmpq_is_one(exponent->get()) != 0) { // b^u
        const Expr slope = slopeOf(base->args[1]);
        const bool constantBase = freeSymbols(base->args[0]).empty();
        return slope && constantBase ? divide(base, product(slope, call("ln", base->args[0]))) : nullptr;
    }
    if (const Expr slope = slopeOf(base)) { // (a x + b)^n
        if (exponent && exponent->isInteger() && *exponent == Rational(-1))
            return divide(logOf(base), slope);
        const Expr next = simplified(add({factor.exponent, integer(1)}), m_budget);
        return exponent ? divide(power(base, next), product(slope, next)) : nullptr;
    }
    if (exponent && *exponent == Rational(-1, 2))
        return inverseRootOfQuadratic(base);
    if (base->kind != Kind::Function || base->args.size() != 1 || !exponent)
        return nullptr;
    const Expr& u = base->args[0];
    const Expr slope = slopeOf(u);
    static const Table none;
    const Table& table = *exponent == Rational(1)    ? plain()
                         : *exponent == Rational(2)  ? squared()
                         : *exponent == Rational(-2) ? inverseSquared()
                                                     : none;
    const auto rule = slope ? table.find(base->text) : table.end();
    return rule == table.end() ? nullptr : divide(rule->second(u), slope);
}

// 1/sqrt(a x^2 + b x + c): an arcsine for a < 0, else a logarithm.
Expr Integrator::inverseRootOfQuadratic(const Expr& base) const
{
    const auto read = readRationalFunction(base, m_variable);
    if (!read || read->excluded.degree() > 0 || read->top.degree() != 2)
        return nullptr;
    const Polynomial q = exactQuotient(read->top, read->bottom);
    const Expr a = rationalExpr(q.coefficient(2)), b = rationalExpr(q.coefficient(1)),
               c = rationalExpr(q.coefficient(0));
    const Expr slope = add({product(doubled(a), symbol(m_variable)), b});
    if (q.coefficient(2).sign() > 0)
        return divide(logOf(add({slope, product(doubled(root(a)), root(base))})), root(a));
    const Expr discriminant = simplified(subtract(square(b), multiply({integer(4), a, c})), m_budget);
    return divide(call("asin", divide(negate(slope), root(discriminant))), root(negate(a)));
}

} // namespace lemma::tutor
