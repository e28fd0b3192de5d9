#include "tutor/calculus/special_values.h"

#include <array>
#include <utility>

#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

bool isConstant(const Expr& e, std::string_view name) { return e->kind == Kind::Constant && e->text == name; }

// sqrt(k)/2: the sines of 0, 30, 45, 60 and 90 degrees for k = 0 ... 4.
Expr halfRoot(long k, bool negative)
{
    const Expr root = makeNode(Kind::Root, "", {integer(k), integer(2)});
    Expr value = k == 0   ? integer(0)
                 : k == 4 ? integer(1)
                 : k == 1 ? divide(integer(1), integer(2))
                          : divide(root, integer(2));
    return negative && k > 0 ? negate(std::move(value)) : value;
}

// In twelfths of pi, of the angles below 90 degrees; the place in halfRoot's list.
std::optional<long> placeOf(long twelfths)
{
    static constexpr std::array<long, 5> places = {0, 2, 3, 4, 6};
    for (std::size_t k = 0; k < places.size(); ++k)
        if (places[k] == twelfths)
            return static_cast<long>(k);
    return std::nullopt;
}

Expr sineOf(const Rational& multiple)
{
    Rational twelfths;
    fmpq_mul(twelfths.get(), multiple.get(), Rational(12).get());
    if (!twelfths.isInteger())
        return nullptr;
    const auto angle = static_cast<long>(fmpz_fdiv_ui(fmpq_numref(twelfths.get()), 24));
    const bool negative = angle >= 12;
    const long upper = angle % 12;
    const auto place = placeOf(upper <= 6 ? upper : 12 - upper);
    return place ? halfRoot(*place, negative) : nullptr;
}

Expr cosineOf(Rational multiple)
{
    fmpq_add(multiple.get(), multiple.get(), Rational(1, 2).get());
    return sineOf(multiple);
}

Expr trigonometric(const std::string& function, const Rational& multiple)
{
    const Expr sine = sineOf(multiple), cosine = cosineOf(multiple);
    if (!sine || !cosine)
        return nullptr;
    const auto quotient = [](const Expr& a, const Expr& b) -> Expr {
        const auto zero = writtenNumber(b);
        return zero && zero->sign() == 0 ? nullptr : simplified(divide(a, b), Budget());
    };
    if (function == "sin")
        return sine;
    if (function == "cos")
        return cosine;
    if (function == "tan")
        return quotient(sine, cosine);
    if (function == "cot")
        return quotient(cosine, sine);
    if (function == "sec")
        return quotient(integer(1), cosine);
    return function == "csc" ? quotient(integer(1), sine) : nullptr;
}

} // namespace

std::optional<Rational> multipleOfPi(const Expr& expr)
{
    if (const auto number = writtenNumber(expr); number && number->sign() == 0)
        return Rational(0);
    if (isConstant(expr, "pi"))
        return Rational(1);
    if (expr->kind == Kind::Negate) {
        auto inner = multipleOfPi(expr->args[0]);
        if (inner)
            fmpq_neg(inner->get(), inner->get());
        return inner;
    }
    if (expr->kind == Kind::Divide) {
        auto inner = multipleOfPi(expr->args[0]);
        const auto by = writtenNumber(expr->args[1]);
        if (!inner || !by || by->sign() == 0)
            return std::nullopt;
        fmpq_div(inner->get(), inner->get(), by->get());
        return inner;
    }
    if (expr->kind == Kind::Multiply && expr->args.size() == 2) {
        const bool piLast = !writtenNumber(expr->args[1]);
        const auto by = writtenNumber(expr->args[piLast ? 0 : 1]);
        auto inner = multipleOfPi(expr->args[piLast ? 1 : 0]);
        if (!by || !inner)
            return std::nullopt;
        fmpq_mul(inner->get(), inner->get(), by->get());
        return inner;
    }
    return std::nullopt;
}

Expr piTimes(const Rational& multiple)
{
    return simplified(multiply({rationalExpr(multiple), constant("pi")}), Budget());
}

Expr specialValue(const std::string& function, const Expr& argument)
{
    const auto number = writtenNumber(argument);
    const bool zero = number && number->sign() == 0;
    const bool one = number && fmpq_is_one(number->get()) != 0;
    static constexpr std::array<std::string_view, 6> vanishing = {"asin", "atan", "sinh", "tanh", "asinh", "atanh"};
    for (const std::string_view name : vanishing)
        if (zero && function == name)
            return integer(0);
    if (zero && function == "cosh")
        return integer(1);
    if (function == "ln")
        return one ? integer(0) : isConstant(argument, "e") ? integer(1) : nullptr;
    if (function == "asin" || function == "acos" || function == "atan")
        return specialAngle(function.substr(1), argument);
    if (const auto multiple = multipleOfPi(argument))
        return trigonometric(function, *multiple);
    return nullptr;
}

Expr specialAngle(const std::string& function, const Expr& value)
{
    const Budget budget;
    const bool cosine = function == "cos";
    for (const long twelfths : {0, 2, 3, 4, 6, 8, 9, 10, 12, -2, -3, -4, -6}) {
        const bool inRange = cosine ? twelfths >= 0 : function == "sin" ? twelfths <= 6 : twelfths < 6 && twelfths > -6;
        const Rational multiple(twelfths, 12);
        const Expr known = inRange ? trigonometric(function, multiple) : nullptr;
        if (known && sameTree(simplified(known, budget), value)) {
            Rational reduced = multiple;
            fmpq_canonicalise(reduced.get());
            return piTimes(reduced);
        }
    }
    return nullptr;
}

} // namespace lemma::tutor
