#include "tutor/solver/inequality.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <arb.h>

#include "tutor/math/rational_function.h"
#include "tutor/math/roots.h"
#include "tutor/solver/pieces.h"

namespace lemma::tutor {
namespace {

constexpr long precision = 4096; // separates roots of polynomials within the limits; where not, the answer is unknown

class Ball {
public:
    Ball() { arb_init(m_value); }
    Ball(const Ball& other) : Ball() { arb_set(m_value, other.m_value); }
    Ball& operator=(const Ball& other)
    {
        arb_set(m_value, other.m_value);
        return *this;
    }
    ~Ball() { arb_clear(m_value); }
    arb_struct* get() { return m_value; }
    const arb_struct* get() const { return m_value; }

private:
    arb_t m_value;
};

// A zero of the quotient or of a denominator.
struct Mark {
    Expr value;
    Ball place;
    bool changesSign = false;
    bool excluded = false;
};

// center + direction * coefficient * sqrt(radicand)
Ball placeOf(const Factor& factor, int direction)
{
    Ball result;
    arb_set_fmpq(result.get(), factor.center.get(), precision);
    if (factor.polynomial.degree() == 1)
        return result;
    Ball root;
    Ball scale;
    arb_set_fmpq(root.get(), factor.radicand.get(), precision);
    arb_sqrt(root.get(), root.get(), precision);
    arb_set_fmpq(scale.get(), factor.coefficient.get(), precision);
    arb_mul(root.get(), root.get(), scale.get(), precision);
    if (direction > 0)
        arb_add(result.get(), result.get(), root.get(), precision);
    else
        arb_sub(result.get(), result.get(), root.get(), precision);
    return result;
}

std::optional<std::vector<Mark>> marksOf(const Polynomial& signs, const Polynomial& excluded)
{
    std::vector<Mark> marks;
    for (const Factor& factor : factorsOf(signs, Domain::Real)) {
        const bool placed = factor.polynomial.degree() <= 2 || factor.roots.empty();
        if (!factor.complete || !placed)
            return std::nullopt;
        for (std::size_t i = 0; i < factor.roots.size(); ++i)
            marks.push_back({factor.roots[i], placeOf(factor, i == 0 ? -1 : 1), factor.multiplicity % 2 == 1,
                             factor.polynomial.dividesInto(excluded)});
    }
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
        return arf_cmp(arb_midref(a.place.get()), arb_midref(b.place.get())) < 0;
    });
    for (std::size_t i = 1; i < marks.size(); ++i)
        if (arb_lt(marks[i - 1].place.get(), marks[i].place.get()) == 0)
            return std::nullopt;
    return marks;
}

// A rational number left of mark i, and right of mark i - 1.
Rational pointBefore(const std::vector<Mark>& marks, std::size_t i)
{
    Rational point;
    if (marks.empty())
        return point;
    Ball middle;
    if (i == 0) {
        arb_sub_ui(middle.get(), marks[0].place.get(), 1, precision);
    } else if (i == marks.size()) {
        arb_add_ui(middle.get(), marks[i - 1].place.get(), 1, precision);
    } else {
        arb_add(middle.get(), marks[i - 1].place.get(), marks[i].place.get(), precision);
        arb_mul_2exp_si(middle.get(), middle.get(), -1);
    }
    arf_get_fmpq(point.get(), arb_midref(middle.get()));
    return point;
}

int signAt(const Polynomial& polynomial, const Rational& point)
{
    Rational value;
    fmpq_poly_evaluate_fmpq(value.get(), polynomial.get(), point.get());
    return fmpq_sgn(value.get());
}

// signs[i] holds left of mark i, the last one right of all marks; empty: the two ways disagree.
std::vector<int> signsBetween(const Polynomial& polynomial, const std::vector<Mark>& marks)
{
    std::vector<int> signs(marks.size() + 1);
    int sign = fmpq_sgn(polynomial.coefficient(polynomial.degree()).get());
    for (std::size_t i = signs.size(); i-- > 0;) {
        if (signAt(polynomial, pointBefore(marks, i)) != sign)
            return {};
        signs[i] = sign;
        if (i > 0 && marks[i - 1].changesSign)
            sign = -sign;
    }
    return signs;
}

bool holds(char relation, int sign)
{
    switch (static_cast<RelationOp>(relation)) {
    case RelationOp::Less: return sign < 0;
    case RelationOp::Greater: return sign > 0;
    case RelationOp::LessOrEqual: return sign <= 0;
    case RelationOp::GreaterOrEqual: return sign >= 0;
    default: return sign != 0;
    }
}

Expr setOf(const std::vector<Mark>& marks, const std::vector<int>& signs, char relation)
{
    std::vector<Expr> values;
    std::vector<bool> atMark, between;
    for (const Mark& mark : marks) {
        values.push_back(mark.value);
        atMark.push_back(!mark.excluded && holds(relation, 0));
    }
    for (const int sign : signs)
        between.push_back(holds(relation, sign));
    return unionOfPieces(values, atMark, between);
}

// A denominator that is a number belongs to the coefficients.
Expr leftSide(const RationalFunction& f, const std::string& variable)
{
    if (f.bottom.degree() == 0)
        return toExpression(exactQuotient(f.top, f.bottom), variable);
    return divide(toExpression(f.top, variable), toExpression(f.bottom, variable));
}

} // namespace

Solution solveInequality(const Expr& relation, const std::string& variable, const Budget& budget)
{
    const auto left = readRationalFunction(relation->args[0], variable);
    const auto right = readRationalFunction(relation->args[1], variable);
    const auto f = left && right ? difference(*left, *right) : std::nullopt;
    if (!f)
        return unknownSolution(ProblemKind::Other, "not a polynomial or rational inequality of moderate size");
    // Where it is defined, this has the sign of the quotient, and zeros also where the quotient is not defined.
    const Polynomial signs = f->top * f->bottom * f->excluded * f->excluded;
    if (!withinLimits(signs) || budget.spent())
        return unknownSolution(ProblemKind::Inequality, "the inequality is too large");
    const auto marks = marksOf(f->top.isZero() ? f->excluded : signs, f->excluded);
    if (!marks)
        return unknownSolution(ProblemKind::Inequality, "the zeros of a factor have no form that is known here");
    const std::vector<int> between =
        f->top.isZero() ? std::vector<int>(marks->size() + 1, 0) : signsBetween(signs, *marks);
    if (between.empty() || budget.spent())
        return unknownSolution(ProblemKind::Inequality, "the signs between the zeros could not be checked");
    Solution solution;
    solution.kind = ProblemKind::Inequality;
    const Expr line = makeNode(Kind::Relation, relation->text, {leftSide(*f, variable), integer(0)});
    if (!sameTree(relation, line))
        solution.steps.push_back({Action::CollectOnOneSide, relation, line});
    solution.set = setOf(*marks, between, relation->text[0]);
    solution.steps.push_back(
        {Action::FindSigns, line, makeNode(Kind::Relation, "e", {symbol(variable), solution.set})});
    solution.solved = true;
    return solution;
}

} // namespace lemma::tutor
