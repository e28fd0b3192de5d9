#include "tutor/solver/interval.h"

#include <string_view>

#include "tutor/solver/real_value.h"

namespace lemma::tutor {
namespace {

bool narrow(Interval& interval, const Expr& bound, bool isLower, bool included)
{
    Expr& end = isLower ? interval.from : interval.to;
    if (end || !freeSymbols(bound).empty())
        return false;
    end = bound;
    (isLower ? interval.fromIncluded : interval.toIncluded) = included;
    return true;
}

} // namespace

std::optional<Interval> intervalOf(const Expr& condition, const std::string& variable)
{
    if (condition->kind != Kind::Relation)
        return std::nullopt;
    const auto isVariable = [&](const Expr& e) { return e->kind == Kind::Symbol && e->text == variable; };
    Interval interval;
    if (condition->text == "e") {
        const Expr& set = condition->args[1];
        const bool pair = isVariable(condition->args[0]) && set->kind == Kind::Bracket && set->args.size() == 2;
        if (!pair || !narrow(interval, set->args[0], true, set->text[0] == '[') ||
            !narrow(interval, set->args[1], false, set->text[1] == ']'))
            return std::nullopt;
        return interval;
    }
    for (std::size_t i = 0; i < condition->text.size(); ++i) {
        const char sign = condition->text[i];
        const bool less = sign == '<' || sign == 'l', included = sign == 'l' || sign == 'g';
        const Expr &left = condition->args[i], &right = condition->args[i + 1];
        if (std::string_view("<>lg").find(sign) == std::string_view::npos || isVariable(left) == isVariable(right))
            return std::nullopt;
        const bool boundLeft = isVariable(right);
        if (!narrow(interval, boundLeft ? left : right, boundLeft == less, included))
            return std::nullopt;
    }
    return interval;
}

Truth liesIn(const Expr& value, const Interval& interval, const Budget& budget)
{
    const auto beyond = [&](const Expr& end, bool isLower, bool included) {
        const bool infinite = end && containsConstant(end, "infinity");
        if (!end || infinite)
            return Truth::Yes;
        const auto sign = signOf(isLower ? subtract(value, end) : subtract(end, value), budget);
        return !sign ? Truth::Unknown : *sign > 0 || (*sign == 0 && included) ? Truth::Yes : Truth::No;
    };
    const Truth lower = beyond(interval.from, true, interval.fromIncluded);
    return lower == Truth::Yes ? beyond(interval.to, false, interval.toIncluded) : lower;
}

} // namespace lemma::tutor
