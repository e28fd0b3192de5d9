// A radical alone on one side, then both sides to the power of its degree. Squaring may gain solutions, never loses
// one.
#include <algorithm>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/simplify.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/zero_search.h"

namespace lemma::tutor {
namespace {

bool isRadical(const Expr& e)
{
    if (e->kind == Kind::Root)
        return true;
    const auto exponent = e->kind == Kind::Power ? writtenNumber(e->args[1]) : std::nullopt;
    return exponent && !exponent->isInteger();
}

} // namespace

bool ZeroSearch::radical(const Expr& e, bool& fits)
{
    const std::vector<Expr> atoms = atomsOf(e, isRadical);
    if (atoms.empty())
        return false;
    fits = true;
    const Expr& atom = atoms.front(); // the outermost of nested ones
    const Expr& radicand = atom->args[0];
    const Expr exponent =
        atom->kind == Kind::Root ? simplified(divide(integer(1), atom->args[1]), m_budget) : atom->args[1];
    const auto written = writtenNumber(exponent);
    if (!written || written->bits() > 16)
        return false;
    const long degree = fmpz_get_si(fmpq_denref(written->get()));
    const std::string r = freshName(e);
    // All powers of this root in terms of r: u^(k/n) is r^k.
    Expr inR = e;
    for (const Expr& other : atoms) {
        if (!sameTree(other->args[0], radicand))
            continue;
        const Expr its =
            other->kind == Kind::Root ? simplified(divide(integer(1), other->args[1]), m_budget) : other->args[1];
        const Expr times = simplified(multiply({its, integer(degree)}), m_budget);
        if (const auto whole = writtenNumber(times); whole && whole->isInteger())
            inR = replacePart(inR, other, power(symbol(r), times));
    }
    const Fraction fraction = asFraction(inR, m_budget);
    std::vector<Expr> c = coefficientsIn(fraction.top, r, m_budget);
    if (c.size() < 2)
        return false;
    // r^n is the radicand.
    while (static_cast<long>(c.size()) > degree) {
        const std::size_t lower = c.size() - 1 - static_cast<std::size_t>(degree);
        c[lower] = simplified(add({c[lower], multiply({c.back(), radicand})}), m_budget);
        c.pop_back();
    }
    const auto isZero = [](const Expr& term) { return sameTree(term, integer(0)); };
    const auto moving = std::find_if(c.begin() + 1, c.end(), [&](const Expr& term) { return !isZero(term); });
    if (moving == c.end())
        return follow(Action::Simplify, equation(e, integer(0)), equation(expanded(c[0], m_budget), integer(0)));
    if (std::any_of(moving + 1, c.end(), [&](const Expr& term) { return !isZero(term); }))
        return false;
    // A r^k = B, so A^n u^k = B^n.
    const long k = moving - c.begin();
    const Expr root = k == 1 ? makeNode(Kind::Root, "", {radicand, integer(degree)})
                             : power(radicand, divide(integer(k), integer(degree)));
    const Expr left = simplified(multiply({*moving, root}), m_budget);
    const Expr right = simplified(negate(c[0]), m_budget);
    const Expr isolated = equation(left, right);
    write(Action::IsolateRadical, equation(e, integer(0)), isolated);
    const Expr n = integer(degree);
    const Expr leftPower = expanded(multiply({power(*moving, n), power(radicand, integer(k))}), m_budget);
    const Expr rightPower = expanded(power(right, n), m_budget);
    if (!follow(Action::RaiseToPower, isolated, equation(leftPower, rightPower)))
        return false;
    if (!m_identity)
        return true;
    // A r and B may be opposites everywhere; the zeros of their difference are then those of B.
    ZeroSearch opposite(m_variable, m_budget, m_depth + 1);
    return opposite.find(right) && take(std::move(opposite));
}

} // namespace lemma::tutor
