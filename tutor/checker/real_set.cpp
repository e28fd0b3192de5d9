#include "tutor/checker/real_set.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tutor/math/ball.h"
#include "tutor/math/exact_value.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t mostPieces = 64;

// Orders ends, and remembers whether one comparison failed.
class Order {
public:
    explicit Order(const Budget& budget) : m_budget(budget) {}

    int values(const Expr& a, const Expr& b)
    {
        const auto order = orderOf(a, b, m_budget);
        m_failed = m_failed || !order;
        return order.value_or(0);
    }
    // Of the lower ends: unbounded first, closed before open.
    int lows(const RealPiece& a, const RealPiece& b)
    {
        if (!a.low || !b.low)
            return (a.low ? 1 : 0) - (b.low ? 1 : 0);
        const int order = values(a.low, b.low);
        return order != 0 ? order : (a.lowClosed ? 0 : 1) - (b.lowClosed ? 0 : 1);
    }
    // Of the upper ends: unbounded last, open before closed.
    int highs(const RealPiece& a, const RealPiece& b)
    {
        if (!a.high || !b.high)
            return (a.high ? 0 : 1) - (b.high ? 0 : 1);
        const int order = values(a.high, b.high);
        return order != 0 ? order : (a.highClosed ? 1 : 0) - (b.highClosed ? 1 : 0);
    }
    // Whether b, which begins behind a's beginning, begins behind a's end, with at least a point between them.
    bool apart(const RealPiece& a, const RealPiece& b)
    {
        if (!a.high || !b.low)
            return false;
        const int order = values(a.high, b.low);
        return order < 0 || (order == 0 && !a.highClosed && !b.lowClosed);
    }
    bool hasNothing(const RealPiece& piece)
    {
        if (!piece.low || !piece.high)
            return false;
        const int order = values(piece.low, piece.high);
        return order > 0 || (order == 0 && !(piece.lowClosed && piece.highClosed));
    }
    bool failed() const { return m_failed; }

private:
    const Budget& m_budget;
    bool m_failed = false;
};

bool isInfinity(const Expr& e) { return e->kind == Kind::Constant && e->text == "infinity"; }

bool isNumber(const Expr& e)
{
    static constexpr std::array others = {Kind::Text,    Kind::Relation, Kind::List,   Kind::Set,
                                          Kind::Bracket, Kind::Union,    Kind::Matrix, Kind::PlusMinus};
    const bool scalar = std::find(others.begin(), others.end(), e->kind) == others.end();
    return scalar && !isInfinity(e) && freeSymbols(e).empty() && !containsConstant(e, "i") && !contains(e, Kind::Apply);
}

std::optional<RealSet> interval(const Expr& e, const Budget& budget)
{
    RealPiece piece;
    const bool bothEnds = e->args.size() == 2 && e->text.size() == 2;
    if (!bothEnds)
        return std::nullopt;
    const bool fromMinusInfinity = e->args[0]->kind == Kind::Negate && isInfinity(e->args[0]->args[0]);
    const Expr& last = e->args[1];
    const bool toInfinity = isInfinity(last);
    if (!fromMinusInfinity) {
        if (!isNumber(e->args[0]))
            return std::nullopt;
        piece.low = e->args[0];
        piece.lowClosed = e->text[0] == '[';
    }
    if (!toInfinity) {
        if (!isNumber(last))
            return std::nullopt;
        piece.high = last;
        piece.highClosed = e->text[1] == ']';
    }
    return RealSet::fromPieces({piece}, budget);
}

// The least multiple of 1/denominator above `low`.
Expr nextAbove(const Expr& low, long denominator, const Budget& budget)
{
    const BallValue ball = evaluateBall(multiply({low, integer(denominator)}), {}, 128, budget);
    if (ball.status != BallStatus::Defined)
        return nullptr;
    Rational value;
    arb_t whole;
    arb_init(whole);
    arb_floor(whole, acb_realref(ball.ball.get()), 128);
    const bool exact = arb_get_unique_fmpz(fmpq_numref(value.get()), whole) != 0;
    arb_clear(whole);
    if (!exact)
        return nullptr;
    fmpz_add_ui(fmpq_numref(value.get()), fmpq_numref(value.get()), 1);
    fmpz_set_si(fmpq_denref(value.get()), denominator);
    fmpq_canonicalise(value.get());
    return rationalExpr(value);
}

std::optional<Expr> memberOf(const RealPiece& piece, const Budget& budget)
{
    if (!piece.low && !piece.high)
        return integer(0);
    if (piece.low && (piece.lowClosed))
        return piece.low;
    if (piece.high && piece.highClosed)
        return piece.high;
    if (!piece.high) {
        Expr above = nextAbove(piece.low, 1, budget);
        return above ? std::optional(above) : std::nullopt;
    }
    if (!piece.low) { // the mirror image
        Expr above = nextAbove(negate(piece.high), 1, budget);
        if (!above)
            return std::nullopt;
        const auto value = rationalValue(negate(above), {}, budget);
        return value ? std::optional(rationalExpr(*value)) : std::nullopt;
    }
    for (const long denominator : {1L, 2L, 3L, 4L, 10L, 100L, 1000L, 1'000'000L})
        if (Expr candidate = nextAbove(piece.low, denominator, budget);
            candidate && orderOf(candidate, piece.high, budget) == -1)
            return candidate;
    return std::nullopt;
}

} // namespace

std::optional<int> orderOf(const Expr& a, const Expr& b, const Budget& budget)
{
    if (sameTree(a, b))
        return 0;
    const auto x = rationalValue(a, {}, budget), y = rationalValue(b, {}, budget);
    if (x && y)
        return *x == *y ? 0 : *x < *y ? -1 : 1;
    const Expr difference = subtract(a, b);
    for (const long precision : {128L, 512L}) {
        const BallValue value = evaluateBall(difference, {}, precision, budget);
        if (value.status != BallStatus::Defined)
            return std::nullopt;
        if (value.ball.surelyPositive() || value.ball.surelyNegative())
            return value.ball.surelyPositive() ? 1 : -1;
    }
    return exactlyZero(difference, budget) == Truth::Yes ? std::optional(0) : std::nullopt;
}

std::optional<RealSet> RealSet::fromPieces(std::vector<RealPiece> pieces, const Budget& budget)
{
    if (pieces.size() > mostPieces)
        return std::nullopt;
    Order order(budget);
    std::erase_if(pieces, [&](const RealPiece& piece) { return order.hasNothing(piece); });
    // Insertion: std::sort may misbehave when a comparison fails.
    std::vector<RealPiece> sorted;
    for (const RealPiece& piece : pieces) {
        std::size_t at = sorted.size();
        while (at > 0 && order.lows(piece, sorted[at - 1]) < 0)
            --at;
        sorted.insert(sorted.begin() + static_cast<long>(at), piece);
    }
    std::vector<RealPiece> merged;
    for (const RealPiece& piece : sorted) {
        if (merged.empty() || order.apart(merged.back(), piece)) {
            merged.push_back(piece);
        } else if (order.highs(piece, merged.back()) > 0) {
            merged.back().high = piece.high;
            merged.back().highClosed = piece.highClosed;
        }
    }
    return order.failed() ? std::nullopt : std::optional(RealSet(std::move(merged)));
}

RealSet RealSet::complement() const
{
    std::vector<RealPiece> gaps;
    RealPiece gap;
    for (const RealPiece& piece : m_pieces) {
        gap.high = piece.low;
        gap.highClosed = !piece.lowClosed;
        if (piece.low)
            gaps.push_back(gap);
        gap = {piece.high, nullptr, !piece.highClosed, false};
    }
    if (m_pieces.empty() || m_pieces.back().high)
        gaps.push_back(gap);
    return RealSet(std::move(gaps));
}

std::optional<RealSet> RealSet::unitedWith(const RealSet& other, const Budget& budget) const
{
    std::vector<RealPiece> all = m_pieces;
    all.insert(all.end(), other.m_pieces.begin(), other.m_pieces.end());
    return fromPieces(std::move(all), budget);
}

std::optional<RealSet> RealSet::intersectedWith(const RealSet& other, const Budget& budget) const
{
    const auto outside = complement().unitedWith(other.complement(), budget);
    return outside ? std::optional(outside->complement()) : std::nullopt;
}

Truth RealSet::compare(const RealSet& other, const Budget& budget) const
{
    if (m_pieces.size() != other.m_pieces.size())
        return Truth::No;
    Order order(budget);
    bool same = true;
    for (std::size_t i = 0; i < m_pieces.size() && same; ++i)
        same = order.lows(m_pieces[i], other.m_pieces[i]) == 0 && order.highs(m_pieces[i], other.m_pieces[i]) == 0;
    return order.failed() ? Truth::Unknown : same ? Truth::Yes : Truth::No;
}

std::optional<Expr> RealSet::member(const Budget& budget) const
{
    return m_pieces.empty() ? std::nullopt : memberOf(m_pieces[0], budget);
}

std::optional<RealSet> realSetOf(const Expr& e, const Budget& budget)
{
    if (!budget.spend(1))
        return std::nullopt;
    if (e->kind == Kind::Constant && e->text == "emptyset")
        return RealSet::none();
    if (e->kind == Kind::Constant && e->text == "reals")
        return RealSet::everything();
    if (e->kind == Kind::Bracket)
        return interval(e, budget);
    if (e->kind == Kind::Set) {
        std::vector<RealPiece> points;
        for (const Expr& value : e->args) {
            if (!isNumber(value))
                return std::nullopt;
            points.push_back({value, value, true, true});
        }
        return RealSet::fromPieces(std::move(points), budget);
    }
    const bool operation = e->kind == Kind::Union || e->kind == Kind::Intersection || e->kind == Kind::Difference;
    if (!operation)
        return std::nullopt;
    const auto a = realSetOf(e->args[0], budget), b = realSetOf(e->args[1], budget);
    if (!a || !b)
        return std::nullopt;
    return e->kind == Kind::Union          ? a->unitedWith(*b, budget)
           : e->kind == Kind::Intersection ? a->intersectedWith(*b, budget)
                                           : a->intersectedWith(b->complement(), budget);
}

} // namespace lemma::tutor
