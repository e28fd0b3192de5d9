#include "tutor/checker/comparison.h"

#include <algorithm>
#include <utility>

#include "tutor/checker/relation.h"
#include "tutor/checker/scalar.h"
#include "tutor/math/ball.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {
namespace {

bool isCollection(const Expr& e) { return e->kind == Kind::List || e->kind == Kind::Set || e->kind == Kind::Bracket; }

bool isSetOperation(const Expr& e)
{
    return e->kind == Kind::Union || e->kind == Kind::Intersection || e->kind == Kind::Difference;
}

// 3 \pm x read with one sign.
Expr withSign(const Expr& e, bool upper)
{
    std::vector<Expr> args;
    for (const Expr& arg : e->args)
        args.push_back(withSign(arg, upper));
    if (e->kind != Kind::PlusMinus)
        return args.empty() ? e : withArguments(*e, std::move(args));
    const bool minus = (e->text == "+-") != upper;
    Expr last = minus ? negate(args.back()) : args.back();
    return args.size() == 1 ? last : add({args[0], std::move(last)});
}

// \pm as the set of both values.
Expr withBothSigns(const Expr& e)
{
    if (!contains(e, Kind::PlusMinus) || isCollection(e) || e->kind == Kind::Relation)
        return e;
    return makeNode(Kind::Set, "", {withSign(e, true), withSign(e, false)}, e->range);
}

bool withinTolerance(const Expr& gold, const Expr& answer, const Policy& policy, const Budget& budget)
{
    const auto allowed = fractionOf(policy.tolerance);
    if (policy.toleranceKind == ToleranceKind::Exact || !allowed)
        return false;
    const BallValue g = evaluateBall(gold, {}, 256, budget), a = evaluateBall(answer, {}, 256, budget);
    if (g.status != BallStatus::Defined || a.status != BallStatus::Defined)
        return false;
    Ball distance, limit;
    acb_sub(distance.get(), g.ball.get(), a.ball.get(), 256);
    acb_abs(acb_realref(distance.get()), distance.get(), 256);
    acb_set_fmpq(limit.get(), allowed->get(), 256);
    if (policy.toleranceKind == ToleranceKind::Relative) {
        Ball size;
        acb_abs(acb_realref(size.get()), g.ball.get(), 256);
        acb_mul(limit.get(), limit.get(), size.get(), 256);
    }
    // 2.5 with a tolerance of 0.1 allows 2.6: a hair's breadth is added for the rounding of the bound itself.
    mag_add_ui_2exp_si(arb_radref(acb_realref(limit.get())), arb_radref(acb_realref(limit.get())), 1, -200);
    return arb_gt(acb_realref(distance.get()), acb_realref(limit.get())) == 0;
}

} // namespace

Expr valueOfStatement(const Expr& e)
{
    if (e->kind != Kind::Relation)
        return e;
    const std::string_view signs = e->text;
    std::size_t last = signs.size();
    while (last > 1 && signs[last - 1] == '~') // what follows is a rounded value
        --last;
    const bool chain = std::all_of(signs.begin(), signs.begin() + static_cast<long>(last),
                                   [](char sign) { return sign == '=' || sign == '~' || sign == 'e'; });
    const Kind left = e->args[0]->kind;
    const bool named = left == Kind::Symbol || left == Kind::Apply || left == Kind::Text;
    return chain && (last > 1 || named) ? e->args[last] : e;
}

Verdict Comparison::compare(const Expr& goldTree, const Expr& answerTree) const
{
    if (!m_budget.spend(1))
        return unknownBecause(ReasonKind::TooMuch);
    const Expr gold = withBothSigns(goldTree), answer = withBothSigns(answerTree);
    if (sameTree(gold, answer))
        return equalBecause(ReasonKind::SameForm);
    if (gold->kind == Kind::Relation && answer->kind == Kind::Relation)
        return relations(gold, answer);
    const Expr g = withBothSigns(valueOfStatement(gold)), a = withBothSigns(valueOfStatement(answer));
    // x > 5 and (5, oo) may be the same; an equation of two unknowns is no number.
    if (g->kind == Kind::Relation || a->kind == Kind::Relation) {
        const Expr& relation = g->kind == Kind::Relation ? g : a;
        const Expr& other = g->kind == Kind::Relation ? a : g;
        const bool number = !isCollection(other) && !isSetOperation(other) && freeSymbols(other).empty();
        return number && freeSymbols(relation).size() > 1 ? differentBecause(ReasonKind::Kind)
                                                          : unknownBecause(ReasonKind::Undecided);
    }
    if (isSetOperation(g) || isSetOperation(a))
        return g->kind == a->kind && g->kind == Kind::Union ? together(unordered(g->args, a->args), {})
                                                            : unknownBecause(ReasonKind::Undecided);
    if (isCollection(g) || isCollection(a))
        return collections(g, a);
    if (g->kind == Kind::Matrix || a->kind == Kind::Matrix)
        return matrices(g, a);
    return values(g, a);
}

Verdict Comparison::relations(const Expr& gold, const Expr& answer) const
{
    const Expr g = valueOfStatement(gold), a = valueOfStatement(answer);
    if (g != gold && a != answer && sameTree(gold->args[0], answer->args[0]))
        return compare(g, a);
    return compareRelations(gold, answer, m_policy.assumptions, m_budget);
}

Verdict Comparison::collections(const Expr& g, const Expr& a) const
{
    const bool bothBrackets = g->kind == Kind::Bracket && a->kind == Kind::Bracket;
    if (bothBrackets && g->text != a->text && g->args.size() == 2 && a->args.size() == 2) {
        // Other ends are another interval, unless there is nothing between them.
        const Verdict ends = ordered(g->args, a->args);
        return ends.equality == Equality::Unknown ? ends : differentBecause(ReasonKind::Kind);
    }
    const std::vector<Expr> left = isCollection(g) ? g->args : std::vector{g};
    const std::vector<Expr> right = isCollection(a) ? a->args : std::vector{a};
    const bool brackets = g->kind == Kind::Bracket || a->kind == Kind::Bracket;
    if (g->kind == Kind::Matrix || a->kind == Kind::Matrix)
        return unknownBecause(ReasonKind::Undecided); // a column written as a tuple
    if (brackets || (m_policy.listIsOrdered && g->kind == Kind::List && a->kind == Kind::List))
        return ordered(left, right);
    return unordered(left, right);
}

Verdict Comparison::matrices(const Expr& g, const Expr& a) const
{
    if (g->kind == Kind::Matrix && a->kind == Kind::Matrix)
        return g->columns == a->columns ? ordered(g->args, a->args) : differentBecause(ReasonKind::Size);
    const Expr& other = g->kind == Kind::Matrix ? a : g;
    const bool number = other->kind == Kind::Number || other->kind == Kind::Text;
    return number ? differentBecause(ReasonKind::Kind) : unknownBecause(ReasonKind::Undecided);
}

Verdict Comparison::ordered(const std::vector<Expr>& gold, const std::vector<Expr>& answer) const
{
    if (gold.size() != answer.size())
        return differentBecause(ReasonKind::Size);
    Verdict all = equalBecause(ReasonKind::SameForm);
    for (std::size_t i = 0; i < gold.size() && all.equality != Equality::Different; ++i)
        all = together(std::move(all), compare(gold[i], answer[i]));
    return all;
}

Verdict Comparison::eachAmong(const std::vector<Expr>& items, const std::vector<Expr>& among, bool itemsAreGold) const
{
    Verdict all = equalBecause(ReasonKind::SameForm);
    for (const Expr& item : items) {
        Verdict best = differentBecause(ReasonKind::Size);
        for (const Expr& other : among) {
            Verdict one = itemsAreGold ? compare(item, other) : compare(other, item);
            if (one.equality == Equality::Equal) {
                best = best.equality == Equality::Equal && best.reason < one.reason ? best : std::move(one);
                if (best.reason <= ReasonKind::Exact)
                    break;
            } else if (one.equality == Equality::Unknown && best.equality == Equality::Different) {
                best = std::move(one);
            }
        }
        all = together(std::move(all), std::move(best));
        if (all.equality == Equality::Different)
            break;
    }
    return all;
}

Verdict Comparison::unordered(const std::vector<Expr>& gold, const std::vector<Expr>& answer) const
{
    Verdict there = eachAmong(gold, answer, true);
    return there.equality == Equality::Different ? there : together(std::move(there), eachAmong(answer, gold, false));
}

Verdict Comparison::values(const Expr& g, const Expr& a) const
{
    const bool gUnit = g->kind == Kind::Quantity && g->text != "degree";
    const bool aUnit = a->kind == Kind::Quantity && a->text != "degree";
    // Other names may still be the same unit (hr and hours): only the policy may call that wrong.
    if (gUnit && aUnit && g->text != a->text)
        return m_policy.units == UnitsPolicy::Required ? differentBecause(ReasonKind::Units)
                                                       : unknownBecause(ReasonKind::Units);
    if (m_policy.units == UnitsPolicy::Required && gUnit && !aUnit)
        return differentBecause(ReasonKind::Units);
    const Expr left = gUnit ? g->args[0] : g, right = aUnit ? a->args[0] : a;
    const bool onePercent = (left->kind == Kind::Percent) != (right->kind == Kind::Percent);
    if (onePercent && m_policy.percent != PercentMeaning::Hundredths) {
        const auto bare = [](const Expr& e) { return e->kind == Kind::Percent ? e->args[0] : e; };
        Verdict asSign = numbers(bare(left), bare(right));
        if (asSign.equality == Equality::Equal || m_policy.percent == PercentMeaning::Sign)
            return asSign;
        Verdict asHundredths = numbers(left, right);
        // One reading refuted, the other open: nothing is known.
        return asHundredths.equality == Equality::Equal || asSign.equality == Equality::Different ? asHundredths
                                                                                                  : asSign;
    }
    return numbers(left, right);
}

Verdict Comparison::numbers(const Expr& gold, const Expr& answer) const
{
    Verdict verdict = compareScalars(gold, answer, m_policy.assumptions, m_budget);
    if (verdict.equality == Equality::Different && withinTolerance(gold, answer, m_policy, m_budget))
        return equalBecause(ReasonKind::Tolerance);
    return verdict;
}

} // namespace lemma::tutor
