#include "tutor/working/values.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "tutor/calculus/notation.h"
#include "tutor/checker/equality.h"
#include "tutor/math/rational_value.h"
#include "tutor/working/statement_traits.h"

namespace lemma::tutor {
namespace {

// The unit of a term that is a number with a unit; "?" where units stand inside of it.
std::string unitOf(const Expr& e)
{
    if (!contains(e, Kind::Quantity))
        return "";
    return e->kind == Kind::Quantity && !contains(e->args[0], Kind::Quantity) ? e->text : "?";
}

// 80 + 20%: a percentage beside something that is none.
bool addsPercent(const Expr& e)
{
    const auto percent = [](const Expr& term) { return contains(term, Kind::Percent); };
    const auto count = e->kind == Kind::Add ? std::count_if(e->args.begin(), e->args.end(), percent) : 0;
    return (count > 0 && count < static_cast<long>(e->args.size())) ||
           std::any_of(e->args.begin(), e->args.end(), addsPercent);
}

// sin 30, arcsin 0.5: radians or degrees?
bool hasBareAngle(const Expr& e)
{
    static const std::set<std::string_view> inverse = {"asin", "acos", "atan"};
    if (e->kind == Kind::Function && inverse.contains(e->text))
        return true;
    const bool applied =
        e->kind == Kind::Function && !e->args.empty() && hasTrigonometry(e) && !hasTrigonometry(e->args[0]);
    const bool bare = applied && freeSymbols(e->args[0]).empty() && !containsConstant(e->args[0], "pi") &&
                      !contains(e->args[0], Kind::Quantity);
    return bare || std::any_of(e->args.begin(), e->args.end(), hasBareAngle);
}

} // namespace

Verdict compareValues(const Expr& before, const Expr& after, const Budget& budget)
{
    Verdict verdict = compare(carriedOut(before, budget), carriedOut(after, budget), {}, budget);
    if (verdict.equality != Equality::Different)
        return verdict;
    const std::string unit = unitOf(before);
    if (unit != unitOf(after) || unit == "?")
        return unknownBecause(ReasonKind::Units);
    // What f means was perhaps said before; 80 + 20% is 96 to many.
    const auto open = [](const Expr& e) { return contains(e, Kind::Apply) || addsPercent(e) || hasBareAngle(e); };
    if (open(before) || open(after))
        return unknownBecause(ReasonKind::Undecided);
    for (const Expr& base : otherLogarithmBases()) {
        const Expr a = withLogarithmBase(before, base), b = withLogarithmBase(after, base);
        if (!a && !b)
            return verdict;
        Verdict other = compare(a ? a : before, b ? b : after, {}, budget);
        if (other.equality != Equality::Different)
            return other;
    }
    return verdict;
}

bool sameValue(const Expr& a, const Expr& b, const Budget& budget)
{
    return compare(a, b, {}, budget).equality == Equality::Equal;
}

std::string constantText(const Expr& constant, const Budget& budget)
{
    if (const auto exact = rationalValue(constant, {}, budget); exact && exact->text().size() <= 12)
        return exact->text();
    const double value = approximately(constant, budget);
    return std::isfinite(value) ? fmt::format("about {:.5g}", value) : "a number too large to write";
}

} // namespace lemma::tutor
