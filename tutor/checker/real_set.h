#pragma once
// Sets of real numbers that are finite unions of intervals, with exact ends: what answers to equations and inequalities
// in one unknown are, however they are written.
//
//     auto a = realSetOf(*parseMath("(-\\infty, 1) \\cup (1, 3]"), budget);
//     auto b = realSetOf(*parseMath("(-\\infty, 3] \\setminus \\{1\\}"), budget);
//     a->compare(*b, budget)             Truth::Yes
//
// Ends are constants as trees. Whatever cannot be put in order within the budget is empty (std::optional) or Unknown,
// never a guess.

#include <optional>
#include <vector>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {

struct RealPiece {
    Expr low; // null: unbounded
    Expr high;
    bool lowClosed = false;
    bool highClosed = false;
};

class RealSet {
public:
    static RealSet everything() { return RealSet({RealPiece{}}); }
    static RealSet none() { return RealSet({}); }
    static RealSet point(const Expr& value) { return RealSet({{value, value, true, true}}); }

    // Pieces in any order, overlapping or not; none where they cannot be put in order.
    static std::optional<RealSet> fromPieces(std::vector<RealPiece> pieces, const Budget& budget);

    const std::vector<RealPiece>& pieces() const { return m_pieces; } // in order, apart
    bool empty() const { return m_pieces.empty(); }

    RealSet complement() const;
    std::optional<RealSet> unitedWith(const RealSet& other, const Budget& budget) const;
    std::optional<RealSet> intersectedWith(const RealSet& other, const Budget& budget) const;

    Truth compare(const RealSet& other, const Budget& budget) const;
    // A number in it, the simplest that is found; nothing for the empty set.
    std::optional<Expr> member(const Budget& budget) const;

private:
    explicit RealSet(std::vector<RealPiece> pieces) : m_pieces(std::move(pieces)) {}

    std::vector<RealPiece> m_pieces;
};

// -1, 0, 1: a below, equal to, above b. Both constants.
std::optional<int> orderOf(const Expr& a, const Expr& b, const Budget& budget);

// Of an interval, a set of numbers, \emptyset, \mathbb{R}, and what \cup, \cap and \setminus make of them.
std::optional<RealSet> realSetOf(const Expr& e, const Budget& budget);

} // namespace lemma::tutor
