#include "tutor/checker/comparison.h"

#include <algorithm>
#include <utility>

#include "tutor/checker/matrix_value.h"
#include "tutor/checker/measure.h"
#include "tutor/checker/order.h"
#include "tutor/checker/relation.h"
#include "tutor/checker/scalar.h"
#include "tutor/checker/sign.h"
#include "tutor/checker/solution_set.h"
#include "tutor/checker/statement.h"
#include "tutor/checker/system.h"
#include "tutor/math/ball.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {
namespace {

bool isCollection(const Expr& e) { return e->kind == Kind::List || e->kind == Kind::Set || e->kind == Kind::Bracket; }

bool isSetOperation(const Expr& e)
{
    return e->kind == Kind::Union || e->kind == Kind::Intersection || e->kind == Kind::Difference;
}

// Inequalities, memberships, intervals that are surely none but intervals, and what is made of them.
bool namesSet(const Expr& e)
{
    if (e->kind == Kind::Relation)
        return e->text.find_first_of("<>lg!en") != std::string::npos;
    if (e->kind == Kind::Bracket)
        return e->args.size() == 2 && (e->text != "()" || containsConstant(e, "infinity"));
    if (e->kind == Kind::List)
        return std::any_of(e->args.begin(), e->args.end(), namesSet);
    return isSetOperation(e) || (e->kind == Kind::Constant && (e->text == "emptyset" || e->text == "reals"));
}

bool holdsRelations(const Expr& e)
{
    return e->kind == Kind::Relation ||
           (e->kind == Kind::List && std::all_of(e->args.begin(), e->args.end(), holdsRelations));
}

bool isPlainNumber(const Expr& e)
{
    const Expr& bare =
        e->kind == Kind::Negate || e->kind == Kind::Quantity || e->kind == Kind::Percent ? e->args[0] : e;
    return bare->kind == Kind::Number || bare->kind == Kind::Mixed ||
           (bare->kind == Kind::Divide && bare->args[0]->kind == Kind::Number && bare->args[1]->kind == Kind::Number);
}

bool hasCollectionInside(const Expr& e)
{
    if (isCollection(e) || isSetOperation(e) || e->kind == Kind::Matrix)
        return false;
    return contains(e, Kind::Bracket) || contains(e, Kind::Set) || contains(e, Kind::Matrix);
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

// One of the two, with what is only notation taken away: both signs, determinants, numbered solutions x_1 and x_2.
Expr Comparison::prepared(const Expr& e, const Expr& other) const
{
    return withBothSigns(withDeterminants(withoutNumbers(e, other), m_budget));
}

Verdict Comparison::compare(const Expr& goldTree, const Expr& answerTree) const
{
    if (!m_budget.spend(1))
        return unknownBecause(ReasonKind::TooMuch);
    if (sameTree(goldTree, answerTree))
        return equalBecause(ReasonKind::SameForm);
    const Expr gold = prepared(goldTree, answerTree), answer = prepared(answerTree, goldTree);
    if (auto systems = compareSystems(gold, answer, m_policy, m_budget))
        return *std::move(systems);
    if (auto decided = sets(gold, answer))
        return *std::move(decided);
    if (gold->kind == Kind::Relation && answer->kind == Kind::Relation)
        return relations(gold, answer);
    const Expr g = withBothSigns(valueOfStatement(gold));
    const Expr a = withBothSigns(g->kind == Kind::Relation ? valueOfStatement(answer) : valueOfAnswer(answer));
    if (g->kind == Kind::Relation || a->kind == Kind::Relation) {
        // An equation of two unknowns is no number.
        const Expr& relation = g->kind == Kind::Relation ? g : a;
        const Expr& other = g->kind == Kind::Relation ? a : g;
        const bool number = !isCollection(other) && !isSetOperation(other) && freeSymbols(other).empty();
        return number && freeSymbols(relation).size() > 1 ? differentBecause(ReasonKind::Kind)
                                                          : unknownBecause(ReasonKind::Undecided);
    }
    if (isSetOperation(g) || isSetOperation(a))
        return g->kind == a->kind && g->kind == Kind::Union ? together(unordered(g->args, a->args), {})
                                                            : unknownBecause(ReasonKind::Undecided);
    if (contains(g, Kind::Matrix) || contains(a, Kind::Matrix))
        return matrices(g, a);
    if (isCollection(g) || isCollection(a))
        return collections(g, a);
    return values(g, a);
}

// Equations and inequalities in one unknown, intervals, unions: by the real numbers that they admit.
std::optional<Verdict> Comparison::sets(const Expr& gold, const Expr& answer) const
{
    const bool relations = holdsRelations(gold) && holdsRelations(answer);
    const bool wanted = namesSet(gold) || namesSet(answer) || relations;
    if (!wanted || containsConstant(gold, "i") || containsConstant(answer, "i"))
        return std::nullopt;
    const bool number = isPlainNumber(gold) || isPlainNumber(answer);
    if (number && (namesSet(gold) || namesSet(answer)))
        return differentBecause(ReasonKind::Kind);
    const auto g = solutionSet(gold, m_policy.assumptions, m_budget);
    const auto a = g ? solutionSet(answer, m_policy.assumptions, m_budget) : std::nullopt;
    if (!g || !a)
        return std::nullopt;
    const bool inequality = answer->kind == Kind::Relation && answer->text != "e" && answer->text != "=";
    if (!m_policy.relationForSet && g->unknown.empty() != a->unknown.empty() && inequality)
        return differentBecause(ReasonKind::Kind);
    const bool setAsked = gold->kind == Kind::Relation && gold->text == "e";
    if (!m_policy.relationForSet && setAsked && inequality)
        return differentBecause(ReasonKind::Kind);
    // Neither has a solution: that does not make x^2 = -1 the same equation as x^2 = -2.
    if (relations && g->set.empty() && a->set.empty())
        return std::nullopt;
    Verdict verdict = compareSolutionSets(*g, *a, m_budget);
    return verdict.equality == Equality::Unknown ? std::nullopt : std::optional(std::move(verdict));
}

Verdict Comparison::relations(const Expr& gold, const Expr& answer) const
{
    const Expr g = valueOfStatement(gold), a = valueOfStatement(answer);
    const bool sameName = g != gold && a != answer && sameTree(gold->args[0], answer->args[0]);
    const bool chains = gold->args.size() > 2 && answer->args.size() > 2 && g != gold && a != answer;
    if (sameName || chains)
        return compare(g, a);
    if (sameTree(inOrder(gold), inOrder(answer)))
        return equalBecause(ReasonKind::Exact);
    return compareRelations(gold, answer, m_policy.assumptions, m_budget);
}

Verdict Comparison::collections(const Expr& g, const Expr& a) const
{
    // 0 + (1, 2) is a pair too: what has collections as its parts is no single value.
    if (hasCollectionInside(g) || hasCollectionInside(a))
        return unknownBecause(ReasonKind::Undecided);
    const bool bothBrackets = g->kind == Kind::Bracket && a->kind == Kind::Bracket;
    if (bothBrackets && g->text != a->text && g->args.size() == 2 && a->args.size() == 2) {
        // Other ends are another interval, unless there is nothing between them.
        const Verdict ends = ordered(g->args, a->args);
        return ends.equality == Equality::Unknown ? ends : differentBecause(ReasonKind::Kind);
    }
    const std::vector<Expr> left = isCollection(g) ? g->args : std::vector{g};
    const std::vector<Expr> right = isCollection(a) ? a->args : std::vector{a};
    const bool brackets = g->kind == Kind::Bracket || a->kind == Kind::Bracket;
    // "AB = 4, CD = 5" without the names is told apart by the order.
    const bool named = assignmentsOf(g).has_value() != assignmentsOf(a).has_value();
    if (brackets || named || (m_policy.listIsOrdered && g->kind == Kind::List && a->kind == Kind::List))
        return ordered(left, right);
    return unordered(left, right);
}

Verdict Comparison::matrices(const Expr& gold, const Expr& answer) const
{
    const Expr g = matrixValue(gold, m_budget), a = matrixValue(answer, m_budget);
    if (g && a)
        return g->columns == a->columns ? ordered(g->args, a->args) : differentBecause(ReasonKind::Size);
    const Expr& matrix = g ? g : a;
    const Expr& other = g ? answer : gold;
    if (!matrix)
        return isCollection(gold) && isCollection(answer) ? collections(gold, answer)
                                                          : unknownBecause(ReasonKind::Undecided);
    const bool vector = matrix->columns == 1 || matrix->columns == matrix->args.size();
    if (vector && other->kind == Kind::Bracket && other->text == "()") // a vector written as a tuple
        return g ? ordered(matrix->args, other->args) : ordered(other->args, matrix->args);
    const bool number = isPlainNumber(other) || other->kind == Kind::Text;
    return number && matrix->args.size() > 1 ? differentBecause(ReasonKind::Kind)
                                             : unknownBecause(ReasonKind::Undecided);
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
    const Measured pairs = measured(g, a, m_policy);
    if (pairs.verdict)
        return *pairs.verdict;
    // One reading that holds is enough; one that stays open leaves the answer open.
    Verdict result = differentBecause(ReasonKind::Value);
    bool first = true;
    for (const NumberPair& pair : pairs.readings) {
        Verdict one = numbers(pair.gold, pair.answer);
        if (one.equality == Equality::Equal)
            return one;
        if (first || one.equality == Equality::Unknown)
            result = std::move(one);
        first = false;
    }
    return result;
}

Verdict Comparison::numbers(const Expr& gold, const Expr& answer) const
{
    Verdict verdict = compareScalars(gold, answer, m_policy.assumptions, m_budget);
    if (verdict.equality == Equality::Different && withinTolerance(gold, answer, m_policy, m_budget))
        return equalBecause(ReasonKind::Tolerance);
    return verdict;
}

} // namespace lemma::tutor
