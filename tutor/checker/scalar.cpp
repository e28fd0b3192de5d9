#include "tutor/checker/scalar.h"

#include "tutor/calculus/quadrature.h"
#include "tutor/calculus/simplify.h"
#include "tutor/checker/order.h"
#include "tutor/checker/point_search.h"
#include "tutor/math/exact_value.h"
#include "tutor/math/rational_form.h"

namespace lemma::tutor {
namespace {

Verdict differs(const PointSearch& search)
{
    const bool constants = search.counterexample()->point.empty();
    Verdict verdict = differentBecause(constants ? ReasonKind::Value : ReasonKind::Counterexample);
    if (!constants) {
        verdict.counterexample = search.counterexample();
        verdict.sentence = "They differ for " + search.counterexample()->text() + ".";
    }
    return verdict;
}

Verdict undecided(const Budget& budget)
{
    return unknownBecause(budget.spent() ? ReasonKind::TooMuch : ReasonKind::Undecided);
}

// Constants with integrals that have no closed form here: they can be shown to differ, not to be the same.
Verdict byQuadrature(const Expr& gold, const Expr& answer, const Budget& budget)
{
    constexpr long precision = 53;
    if (!freeSymbols(gold).empty() || !freeSymbols(answer).empty())
        return undecided(budget);
    const BallValue difference = evaluateWithIntegrals(subtract(gold, answer), precision, budget);
    const bool differ = difference.status == BallStatus::Defined && difference.ball.surelyNonzero();
    return differ ? differentBecause(ReasonKind::Value) : undecided(budget);
}

} // namespace

Verdict compareScalars(const Expr& gold, const Expr& answer, const Assumptions& assumptions, const Budget& budget)
{
    if (sameTree(gold, answer))
        return equalBecause(ReasonKind::SameForm);
    if (sameTree(inOrder(gold), inOrder(answer)))
        return equalBecause(ReasonKind::Exact);
    const PointSearch search(gold, answer, assumptions, budget);
    if (search.outcome() == PointSearch::Outcome::Differs) {
        // Of an unknown function only one meaning was tried: sameness under all others is not refuted by it, but two
        // expressions that differ under one meaning are not the same expression.
        return differs(search);
    }
    // An expression without a value anywhere (1/0) is equal to nothing.
    if (search.bothHaveValues() && equalByAlgebra(gold, answer, budget) == Truth::Yes)
        return equalBecause(ReasonKind::Exact);
    if (budget.spent())
        return undecided(budget);
    if (contains(gold, Kind::Integral) || contains(answer, Kind::Integral))
        return byQuadrature(gold, answer, budget);
    if (freeSymbols(gold).empty() && freeSymbols(answer).empty()) {
        if (search.outcome() == PointSearch::Outcome::Agrees && search.exact())
            return equalBecause(ReasonKind::Exact);
        if (search.outcome() == PointSearch::Outcome::Agrees && provablyEqual(gold, answer, budget))
            return equalBecause(ReasonKind::Exact);
        switch (exactlyZero(subtract(gold, answer), budget)) {
        case Truth::Yes: return equalBecause(ReasonKind::Exact);
        case Truth::No: return differentBecause(ReasonKind::Value);
        case Truth::Unknown: return undecided(budget);
        }
    }
    // Agreement under one meaning of an unknown function says nothing about the others.
    const bool generic = contains(gold, Kind::Apply) || contains(answer, Kind::Apply);
    if (search.outcome() != PointSearch::Outcome::Agrees || generic)
        return undecided(budget);
    Verdict verdict = equalBecause(ReasonKind::Points);
    verdict.points = search.agreed();
    return verdict;
}

} // namespace lemma::tutor
