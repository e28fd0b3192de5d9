#include "tutor/solver/elementary_equation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/ball.h"
#include "tutor/solver/pieces.h"
#include "tutor/solver/real_value.h"
#include "tutor/solver/zero_search.h"

namespace lemma::tutor {
namespace {

// The first family that the steps had to deal with.
ProblemKind kindOf(const Expr& e, const std::string& variable)
{
    const auto has = [&](const auto& self, const Expr& part, auto fits) -> bool {
        return (fits(part) && dependsOn(part, variable)) ||
               std::any_of(part->args.begin(), part->args.end(),
                           [&](const Expr& arg) { return self(self, arg, fits); });
    };
    if (has(has, e, [](const Expr& p) { return p->kind == Kind::Function && (p->text == "ln" || p->text == "log"); }))
        return ProblemKind::Logarithmic;
    if (has(has, e, [](const Expr& p) { return p->kind == Kind::Power && !freeSymbols(p->args[1]).empty(); }))
        return ProblemKind::Exponential;
    if (has(has, e, [](const Expr& p) { return p->kind == Kind::Function && p->text == "abs"; }))
        return ProblemKind::AbsoluteValue;
    return ProblemKind::Radical;
}

// Expressions whose zeros may be ends of where e is defined.
void collectBorders(const Expr& e, const std::string& variable, std::vector<Expr>& borders)
{
    const auto border = [&](const Expr& part) {
        if (dependsOn(part, variable))
            borders.push_back(part);
    };
    if (e->kind == Kind::Divide)
        border(e->args[1]);
    if (e->kind == Kind::Root || (e->kind == Kind::Power && dependsOn(e->args[0], variable)))
        border(e->args[0]);
    if (e->kind == Kind::Function && (e->text == "ln" || e->text == "log"))
        border(e->args[0]);
    for (const Expr& arg : e->args)
        collectBorders(arg, variable, borders);
}

// Functions whose only breaks are at the borders above.
bool breaksOnlyAtBorders(const Expr& e, const std::string& variable)
{
    if (!dependsOn(e, variable))
        return true;
    const auto known = [&] {
        switch (e->kind) {
        case Kind::Symbol:
        case Kind::Add:
        case Kind::Negate:
        case Kind::Multiply:
        case Kind::Divide:
        case Kind::Percent:
        case Kind::Root: return true;
        case Kind::Power: return !dependsOn(e->args[0], variable) || !dependsOn(e->args[1], variable);
        case Kind::Function:
            return e->text == "abs" || e->text == "ln" ||
                   (e->text == "log" && (e->args.size() == 1 || !dependsOn(e->args[1], variable)));
        default: return false;
        }
    };
    return known() && std::all_of(e->args.begin(), e->args.end(),
                                  [&](const Expr& arg) { return breaksOnlyAtBorders(arg, variable); });
}

bool holds(char relation, int sign)
{
    switch (static_cast<RelationOp>(relation)) {
    case RelationOp::Equal: return sign == 0;
    case RelationOp::Less: return sign < 0;
    case RelationOp::Greater: return sign > 0;
    case RelationOp::LessOrEqual: return sign <= 0;
    case RelationOp::GreaterOrEqual: return sign >= 0;
    default: return sign != 0;
    }
}

// |u| as u or -u, as it is at a point where u is not zero.
Expr withoutAbsolutes(const Expr& e, const std::string& variable, const Expr& point, const Budget& budget)
{
    if (e->args.empty())
        return e;
    std::vector<Expr> args;
    for (const Expr& arg : e->args)
        args.push_back(withoutAbsolutes(arg, variable, point, budget));
    const Expr inside = withArguments(*e, std::move(args));
    // The square root of a square is an absolute value too.
    const auto two = [](const Expr& n) { return sameTree(n, integer(2)); };
    const bool squareRoot = e->kind == Kind::Root && two(inside->args[1]) && inside->args[0]->kind == Kind::Power &&
                            two(inside->args[0]->args[1]);
    if (!squareRoot && (e->kind != Kind::Function || e->text != "abs"))
        return inside;
    const Expr& u = squareRoot ? inside->args[0]->args[0] : inside->args[0];
    const auto sign = signOf(substitute(u, variable, point), budget);
    return !sign || *sign == 0 ? inside : *sign > 0 ? u : negate(u);
}

// A rational number left of mark i and right of mark i - 1; null where they cannot be told apart.
Expr pointBefore(const std::vector<Expr>& marks, std::size_t i, const Budget& budget)
{
    if (marks.empty())
        return integer(0);
    const auto place = [&](std::size_t k) {
        const BallValue value = evaluateBall(marks[k], {}, 256, budget);
        return value.status == BallStatus::Defined ? arf_get_d(arb_midref(acb_realref(value.ball.get())), ARF_RND_NEAR)
                                                   : 0.0;
    };
    Expr point;
    if (i == 0 || i == marks.size()) {
        const double end = i == 0 ? std::floor(place(0)) - 1 : std::ceil(place(i - 1)) + 1;
        if (std::fabs(end) > 1e15)
            return nullptr;
        point = integer(static_cast<long>(end));
    } else {
        const double low = place(i - 1), high = place(i);
        Rational between;
        for (long denominator = 1; denominator < 1L << 40; denominator *= 2) {
            const double scaled = std::floor(low * static_cast<double>(denominator)) + 1;
            if (std::fabs(scaled) > 1e15)
                return nullptr;
            if (scaled / static_cast<double>(denominator) < high) {
                between = Rational(static_cast<long>(scaled), static_cast<unsigned long>(denominator));
                fmpq_canonicalise(between.get());
                point = toExpression(between);
                break;
            }
        }
    }
    if (!point)
        return nullptr;
    const auto before = i > 0 ? signOf(subtract(point, marks[i - 1]), budget) : std::optional(1);
    const auto after = i < marks.size() ? signOf(subtract(marks[i], point), budget) : std::optional(1);
    return before == 1 && after == 1 ? point : nullptr;
}

// x^0, which is 1 except perhaps where x is 0.
bool hasZerothPower(const Expr& e, const std::string& variable)
{
    const auto exponent = e->kind == Kind::Power ? writtenNumber(e->args[1]) : std::nullopt;
    return (exponent && exponent->sign() == 0 && dependsOn(e, variable)) ||
           std::any_of(e->args.begin(), e->args.end(), [&](const Expr& arg) { return hasZerothPower(arg, variable); });
}

class RealLine {
public:
    RealLine(const Expr& relation, std::string variable, const Budget& budget)
        : m_relation(relation),
          m_variable(std::move(variable)),
          m_budget(budget),
          m_difference(subtract(relation->args[0], relation->args[1]))
    {
    }

    Solution solve(std::vector<SolutionStep> steps, std::vector<Expr> marks)
    {
        const ProblemKind kind = m_relation->text == "=" ? kindOf(m_difference, m_variable) : ProblemKind::Inequality;
        std::vector<Expr> borders;
        collectBorders(m_difference, m_variable, borders);
        for (const Expr& border : borders) {
            ZeroSearch search(m_variable, m_budget);
            if (!search.find(border))
                return unknownSolution(kind, "where the sides are defined could not be found out");
            marks.insert(marks.end(), search.candidates().begin(), search.candidates().end());
        }
        addSignChanges(m_difference, marks);
        if (m_failed || !breaksOnlyAtBorders(m_difference, m_variable) || !sortDistinct(marks, m_budget))
            return unknownSolution(kind, "the zeros could not be put in order");
        std::vector<bool> atMark, between;
        for (std::size_t i = 0; i <= marks.size(); ++i) {
            const Expr point = pointBefore(marks, i, m_budget);
            const auto inGap = point ? holdsAt(point, true) : std::nullopt;
            const auto here = i < marks.size() ? holdsAt(marks[i], false) : std::optional(false);
            if (!inGap || !here || m_budget.spent())
                return unknownSolution(kind, "the sign between the zeros could not be found out");
            between.push_back(*inGap);
            if (i < marks.size())
                atMark.push_back(*here);
        }
        Solution solution;
        solution.kind = kind;
        solution.steps = std::move(steps);
        solution.set = unionOfPieces(marks, atMark, between);
        if (solution.set->kind == Kind::Set)
            solution.solutions = solution.set->args;
        solution.steps.push_back(
            {Action::FindSigns, m_relation, makeNode(Kind::Relation, "e", {symbol(m_variable), solution.set})});
        solution.solved = true;
        return solution;
    }

private:
    // Where an absolute value changes its form, identities begin and end.
    void addSignChanges(const Expr& e, std::vector<Expr>& marks)
    {
        if (e->kind == Kind::Function && e->text == "abs" && dependsOn(e, m_variable)) {
            ZeroSearch search(m_variable, m_budget);
            m_failed = m_failed || !search.find(e->args[0]);
            marks.insert(marks.end(), search.candidates().begin(), search.candidates().end());
        }
        for (const Expr& arg : e->args)
            addSignChanges(arg, marks);
    }

    std::optional<bool> holdsAt(const Expr& point, bool inGap) const
    {
        const Expr value = substitute(m_difference, m_variable, point);
        const Truth defined = hasRealValue(value, m_budget);
        if (defined != Truth::Yes)
            return defined == Truth::No ? std::optional(false) : std::nullopt;
        const auto sign = signOf(value, m_budget);
        if (!sign)
            return std::nullopt;
        // A zero inside a gap is no single zero: then the sides must be the same all along it.
        if (*sign == 0 && inGap &&
            !provablyEqual(withoutAbsolutes(m_difference, m_variable, point, m_budget), integer(0), m_budget))
            return std::nullopt;
        return holds(m_relation->text[0], *sign);
    }

    Expr m_relation;
    std::string m_variable;
    const Budget& m_budget;
    Expr m_difference;
    bool m_failed = false;
};

} // namespace

Solution solveElementaryEquation(const Expr& relation, const std::string& variable, const Budget& budget)
{
    const Expr difference = subtract(relation->args[0], relation->args[1]);
    const ProblemKind kind = kindOf(difference, variable);
    if (hasZerothPower(difference, variable))
        return unknownSolution(kind, "0^0 has no agreed value");
    ZeroSearch search(variable, budget);
    if (!search.find(difference))
        return unknownSolution(kind, "no method that is known here leads to all solutions");
    if (search.metIdentity())
        return RealLine(relation, variable, budget).solve(search.steps(), search.candidates());
    std::vector<Expr> candidates = search.candidates();
    if (!sortDistinct(candidates, budget))
        return unknownSolution(kind, "the candidates could not be told apart");
    Solution solution;
    solution.kind = kind;
    solution.steps = search.steps();
    for (const Expr& value : candidates) {
        const Truth zero = isZeroAt(difference, variable, value, budget);
        const Expr line = makeNode(Kind::Relation, "=", {symbol(variable), value});
        if (zero == Truth::Unknown || budget.spent())
            return unknownSolution(kind, "a candidate could not be checked by substitution");
        if (zero == Truth::Yes)
            solution.solutions.push_back(value);
        solution.steps.push_back({zero == Truth::Yes ? Action::CheckBySubstitution : Action::RejectExtraneous, line,
                                  zero == Truth::Yes ? substitute(relation, variable, value) : constant("emptyset")});
    }
    solution.set = solution.solutions.empty() ? constant("emptyset") : makeNode(Kind::Set, "", solution.solutions);
    solution.solved = true;
    return solution;
}

Solution solveElementaryInequality(const Expr& relation, const std::string& variable, const Budget& budget)
{
    if (hasZerothPower(relation, variable))
        return unknownSolution(ProblemKind::Inequality, "0^0 has no agreed value");
    ZeroSearch search(variable, budget);
    if (!search.find(subtract(relation->args[0], relation->args[1])))
        return unknownSolution(ProblemKind::Inequality, "no method that is known here leads to all zeros");
    return RealLine(relation, variable, budget).solve(search.steps(), search.candidates());
}

} // namespace lemma::tutor
