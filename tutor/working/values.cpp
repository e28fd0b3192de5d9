#include "tutor/working/values.h"

#include <algorithm>

#include <fmt/format.h>

#include "tutor/calculus/notation.h"
#include "tutor/checker/equality.h"
#include "tutor/math/rational_value.h"
#include "tutor/working/statement.h"

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
    const auto open = [](const Expr& e) { return contains(e, Kind::Apply) || addsPercent(e); };
    if (open(before) || open(after))
        return unknownBecause(ReasonKind::Undecided);
    const Expr a = withNaturalLogarithm(before), b = withNaturalLogarithm(after);
    if (!a && !b)
        return verdict;
    Verdict other = compare(a ? a : before, b ? b : after, {}, budget);
    return other.equality == Equality::Different ? verdict : other;
}

bool sameValue(const Expr& a, const Expr& b, const Budget& budget)
{
    return compare(a, b, {}, budget).equality == Equality::Equal;
}

std::string constantText(const Expr& constant, const Budget& budget)
{
    if (const auto exact = rationalValue(constant, {}, budget); exact && exact->text().size() <= 12)
        return exact->text();
    return fmt::format("about {:.5g}", approximately(constant, budget));
}

} // namespace lemma::tutor
