#include "tutor/working/rounding.h"

#include <algorithm>
#include <optional>

#include "tutor/working/constant_sign.h"

namespace lemma::tutor {
namespace {

// Places behind the point, of a numeral with a sign; nothing for anything else.
std::optional<long> placesOf(const Expr& e)
{
    if (e->kind == Kind::Negate || e->kind == Kind::Percent || e->kind == Kind::Quantity)
        return placesOf(e->args[0]);
    if (e->kind != Kind::Number || e->text.find_first_of("eE") != std::string::npos)
        return std::nullopt;
    const std::size_t point = e->text.find('.');
    return point == std::string::npos ? 0 : static_cast<long>(e->text.size() - point - 1);
}

// The fewest places of the sides that are numerals.
std::optional<long> placesShown(const Expr& left, const Expr& right)
{
    const auto a = placesOf(left), b = placesOf(right);
    if (a && b)
        return std::min(*a, *b);
    return a ? a : b;
}

Sign compareDistance(const Expr& left, const Expr& right, const Expr& bound, const Budget& budget)
{
    return compareConstantSizes(function("abs", {subtract(left, right)}), bound, budget);
}

Expr unit(long places) { return divide(integer(1), power(integer(10), integer(places))); }

bool isInexact(const Expr& e)
{
    return hasDecimal(e) || e->kind == Kind::Divide || e->kind == Kind::Root || e->kind == Kind::Function ||
           e->kind == Kind::Constant || e->kind == Kind::Percent ||
           std::any_of(e->args.begin(), e->args.end(), isInexact);
}

} // namespace

bool hasDecimal(const Expr& e)
{
    return (e->kind == Kind::Number && e->text.find('.') != std::string::npos) ||
           std::any_of(e->args.begin(), e->args.end(), hasDecimal);
}

bool roundsTo(const Expr& left, const Expr& right, const Budget& budget)
{
    const auto places = placesShown(left, right);
    if (!places)
        return false;
    const Sign sign = compareDistance(left, right, divide(unit(*places), integer(2)), budget);
    return sign == Sign::Negative || sign == Sign::Zero;
}

bool mayBeRounded(const Expr& left, const Expr& right, const Budget& budget)
{
    if (!isInexact(left) && !isInexact(right))
        return false;
    const auto places = placesShown(left, right);
    if (!places)
        return hasDecimal(left) || hasDecimal(right);
    return compareDistance(left, right, unit(*places), budget) == Sign::Negative;
}

} // namespace lemma::tutor
