#include "tutor/calculus/derivative_rules.h"

#include <string_view>
#include <unordered_map>
#include <utility>

namespace lemma::tutor {
namespace {

Expr call(const char* name, const Expr& u) { return function(name, {u}); }
Expr square(const Expr& e) { return power(e, integer(2)); }
Expr over(const Expr& e) { return divide(integer(1), e); }
Expr root(const Expr& e) { return makeNode(Kind::Root, "", {e, integer(2)}); }
Expr product(Expr a, Expr b) { return makeNode(Kind::Multiply, "", {std::move(a), std::move(b)}); }
Expr oneMinusSquare(const Expr& u) { return subtract(integer(1), square(u)); }
Expr onePlusSquare(const Expr& u) { return add({integer(1), square(u)}); }
Expr squareMinusOne(const Expr& u) { return subtract(square(u), integer(1)); }
Expr secantBelow(const Expr& u) { return over(product(call("abs", u), root(squareMinusOne(u)))); }

using Rule = Expr (*)(const Expr&);

const std::unordered_map<std::string_view, Rule>& rules()
{
    static const std::unordered_map<std::string_view, Rule> table = {
        {"sin", [](const Expr& u) { return call("cos", u); }},
        {"cos", [](const Expr& u) { return negate(call("sin", u)); }},
        {"tan", [](const Expr& u) { return over(square(call("cos", u))); }},
        {"cot", [](const Expr& u) { return negate(over(square(call("sin", u)))); }},
        {"sec", [](const Expr& u) { return product(call("sec", u), call("tan", u)); }},
        {"csc", [](const Expr& u) { return negate(product(call("csc", u), call("cot", u))); }},
        {"asin", [](const Expr& u) { return over(root(oneMinusSquare(u))); }},
        {"acos", [](const Expr& u) { return negate(over(root(oneMinusSquare(u)))); }},
        {"atan", [](const Expr& u) { return over(onePlusSquare(u)); }},
        {"acot", [](const Expr& u) { return negate(over(onePlusSquare(u))); }},
        {"asec", [](const Expr& u) { return secantBelow(u); }},
        {"acsc", [](const Expr& u) { return negate(secantBelow(u)); }},
        {"sinh", [](const Expr& u) { return call("cosh", u); }},
        {"cosh", [](const Expr& u) { return call("sinh", u); }},
        {"tanh", [](const Expr& u) { return over(square(call("cosh", u))); }},
        {"coth", [](const Expr& u) { return negate(over(square(call("sinh", u)))); }},
        {"asinh", [](const Expr& u) { return over(root(onePlusSquare(u))); }},
        {"acosh", [](const Expr& u) { return over(root(squareMinusOne(u))); }},
        {"atanh", [](const Expr& u) { return over(oneMinusSquare(u)); }},
        {"ln", [](const Expr& u) { return over(u); }},
        {"abs", [](const Expr& u) { return divide(u, call("abs", u)); }},
    };
    return table;
}

} // namespace

Expr outerDerivative(const std::string& function, const Expr& argument)
{
    const auto found = rules().find(function);
    return found == rules().end() ? nullptr : found->second(argument);
}

} // namespace lemma::tutor
