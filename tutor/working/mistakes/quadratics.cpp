// Quadratic equations: the formula, and completing the square.
#include <optional>
#include <string>

#include "tutor/math/rational_function.h"
#include "tutor/math/rational_value.h"
#include "tutor/working/mistakes/rules.h"

namespace lemma::tutor::mistakes {
namespace {

struct Quadratic {
    std::string variable;
    Expr a, b, c;
};

// The coefficients of left - right, where that is a quadratic polynomial of one variable.
std::optional<Quadratic> quadraticOf(const Expr& line)
{
    const std::set<std::string> names = freeSymbols(line);
    if (line->kind != Kind::Relation || line->text != "=" || names.size() != 1)
        return std::nullopt;
    const auto read = readRationalFunction(subtract(line->args[0], line->args[1]), *names.begin());
    if (!read || read->top.degree() != 2 || read->bottom.degree() != 0)
        return std::nullopt;
    const auto coefficient = [&](long power) {
        Rational value = read->top.coefficient(power);
        fmpq_div(value.get(), value.get(), read->bottom.coefficient(0).get());
        return rationalExpr(value);
    };
    return Quadratic{*names.begin(), coefficient(2), coefficient(1), coefficient(0)};
}

Expr squared(const Expr& e) { return power(e, integer(2)); }

Expr half(const Expr& e) { return divide(e, integer(2)); }

} // namespace

// (-b +- sqrt(b^2 - 4ac))/(2a) with a sign or the 2a wrong
Results quadraticFormula(const Expr& line)
{
    const auto q = quadraticOf(line);
    if (!q)
        return {};
    Results results;
    const auto give = [&](const Expr& center, const Expr& radicand, const Expr& bottom) {
        const Expr root = makeNode(Kind::Root, "", {radicand, integer(2)});
        const Expr top = makeNode(Kind::PlusMinus, "+-", {center, root});
        results.push_back(makeNode(Kind::Relation, "=", {symbol(q->variable), divide(top, bottom)}));
    };
    const Expr minusB = negate(q->b), square = squared(q->b), four = multiply({integer(4), q->a, q->c});
    const Expr discriminant = subtract(square, four), twiceA = multiply({integer(2), q->a});
    give(q->b, discriminant, twiceA);
    give(minusB, add({square, four}), twiceA);
    give(minusB, subtract(negate(square), four), twiceA);
    give(minusB, subtract(square, multiply({q->a, q->c})), twiceA);
    give(minusB, discriminant, q->a);
    give(minusB, discriminant, integer(2));
    give(minusB, square, twiceA);
    const Expr root = makeNode(Kind::Root, "", {discriminant, integer(2)});
    for (const Expr& all : {makeNode(Kind::PlusMinus, "+-", {minusB, divide(root, twiceA)}),
                            divide(makeNode(Kind::PlusMinus, "+-", {minusB, discriminant}), twiceA)})
        results.push_back(makeNode(Kind::Relation, "=", {symbol(q->variable), all}));
    return results;
}

// x^2 + bx = c as (x + b/2)^2 = c, as (x + b)^2 = c + b^2 ...
Results completedSquare(const Expr& line)
{
    const auto q = quadraticOf(line);
    if (!q || !isNumeral(q->a, 1))
        return {};
    Results results;
    const Expr x = symbol(q->variable), right = negate(q->c);
    const auto give = [&](const Expr& shift, const Expr& value) {
        results.push_back(makeNode(Kind::Relation, "=", {squared(add({x, shift})), value}));
    };
    give(half(q->b), right);
    give(half(q->b), add({right, half(q->b)}));
    give(half(q->b), add({right, squared(q->b)}));
    give(half(q->b), subtract(right, squared(half(q->b))));
    give(half(q->b), add({q->c, squared(half(q->b))}));
    give(q->b, right);
    give(q->b, add({right, squared(q->b)}));
    give(negate(half(q->b)), add({right, squared(half(q->b))}));
    return results;
}

} // namespace lemma::tutor::mistakes
