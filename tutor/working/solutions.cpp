#include "tutor/working/solutions.h"

#include <cmath>
#include <utility>

#include "tutor/math/rational_value.h"
#include "tutor/working/critical_points.h"
#include "tutor/working/solution_points.h"
#include "tutor/working/values.h"

namespace lemma::tutor {
namespace {

using Type = Statement::Type;

SolutionChange changeOf(bool lost, bool gained)
{
    return lost && gained ? SolutionChange::Both
           : lost         ? SolutionChange::Lost
           : gained       ? SolutionChange::Gained
                          : SolutionChange::Same;
}

// The number between two others that is easiest to calculate with; nothing where they are too close to be told apart.
std::optional<Expr> simplestBetween(double low, double high)
{
    if (!(high - low > 1e-9) || std::fabs(low) > 1e9 || std::fabs(high) > 1e9)
        return std::nullopt;
    if (low < 0 && high > 0)
        return integer(0);
    for (long bottom = 1; bottom <= 1'000'000; bottom = bottom < 12 ? bottom + 1 : bottom * 10) {
        const auto scale = static_cast<double>(bottom);
        // The first multiple of 1/bottom beyond the end that is nearer to zero.
        const double top = low >= 0 ? std::floor(low * scale) + 1 : std::ceil(high * scale) - 1;
        if (top / scale > low + 1e-10 && top / scale < high - 1e-10)
            return rationalExpr(Rational(static_cast<long>(top), static_cast<unsigned long>(bottom)));
    }
    return std::nullopt;
}

class OneVariable {
public:
    OneVariable(const Statement& before, const Statement& after, std::string name, const Budget& budget)
        : m_before(before), m_after(after), m_name(std::move(name)), m_budget(budget)
    {
    }

    SolutionComparison run()
    {
        std::vector<Expr> functions, named = namedConstants(m_before);
        for (const Expr& constant : namedConstants(m_after))
            named.push_back(constant);
        for (const Statement* statement : {&m_before, &m_after})
            for (const Statement* relation : relationsOf(*statement))
                functions.push_back(subtract(relation->left, relation->right));
        const CriticalPoints critical = criticalPoints(functions, m_name, named, m_budget);
        m_complete = critical.complete;
        for (const Expr& point : critical.points)
            decide(point);
        sampleBetween(critical.points);
        if (!m_complete)
            for (long value = -10; value <= 10; ++value)
                decide(integer(value));
        m_result.noneBefore = m_complete && !m_anyBefore;
        m_result.noneAfter = m_complete && !m_anyAfter;
        const bool differ = m_result.lost || m_result.gained;
        if (m_complete)
            m_result.reason = differ ? "refuted" : "exact";
        else if (differ)
            m_result.reason = "refuted";
        if (m_complete || differ)
            m_result.change = changeOf(m_result.lost.has_value(), m_result.gained.has_value());
        return m_result;
    }

private:
    void sampleBetween(const std::vector<Expr>& points)
    {
        double previous = -2e6;
        for (std::size_t i = 0; i <= points.size(); ++i) {
            const double next = i < points.size() ? approximately(points[i], m_budget) : 2e6;
            const auto sample = simplestBetween(previous, next);
            if (sample)
                decide(*sample);
            else
                m_complete = false;
            previous = next;
        }
    }

    void decide(const Expr& point)
    {
        const Assignment at = {{m_name, point}};
        const Truth before = holdsAt(m_before, at, m_budget), after = holdsAt(m_after, at, m_budget);
        m_complete = m_complete && before != Truth::Unknown && after != Truth::Unknown;
        m_anyBefore = m_anyBefore || before != Truth::No;
        m_anyAfter = m_anyAfter || after != Truth::No;
        if (before == Truth::Yes && after == Truth::No)
            keepSimpler(m_result.lost, at);
        if (before == Truth::No && after == Truth::Yes)
            keepSimpler(m_result.gained, at);
    }

    // Whole numbers before fractions, small before large, both before roots.
    double difficulty(const Expr& value) const
    {
        const auto rational = rationalValue(value, {}, m_budget);
        const double size = std::fabs(approximately(value, m_budget));
        return !rational ? 1e12 : fmpz_is_one(fmpq_denref(rational->get())) != 0 ? size : 1e6 + size;
    }

    void keepSimpler(std::optional<Assignment>& best, const Assignment& found) const
    {
        if (!best || difficulty(found.at(m_name)) < difficulty(best->at(m_name)))
            best = found;
    }

    const Statement& m_before;
    const Statement& m_after;
    std::string m_name;
    const Budget& m_budget;
    SolutionComparison m_result;
    bool m_complete = false;
    bool m_anyBefore = false, m_anyAfter = false;
};

// One relation is the other one, multiplied by a number.
bool isMultiple(const Statement& before, const Statement& after, const Budget& budget)
{
    if (before.type != Type::Relation || after.type != Type::Relation)
        return false;
    const Expr p = subtract(before.left, before.right), q = subtract(after.left, after.right);
    std::set<std::string> names = freeSymbols(p);
    if (names != freeSymbols(q) || names.empty())
        return false;
    for (const long start : {7L, 2L, 16L}) { // a place where both have values other than zero
        Assignment at;
        long value = start;
        for (const std::string& name : names)
            at[name] = rationalExpr(Rational(value += 4, 3));
        const Expr pAt = substituted(p, at), qAt = substituted(q, at);
        const Sign pSign = constantSign(pAt, budget), qSign = constantSign(qAt, budget);
        const auto usable = [](Sign sign) { return sign == Sign::Positive || sign == Sign::Negative; };
        if (!usable(pSign) || !usable(qSign))
            continue;
        if (after.op != (pSign == qSign ? before.op : turned(before.op)))
            return false;
        return sameValue(multiply({p, qAt}), multiply({q, pAt}), budget);
    }
    return false;
}

SolutionComparison severalVariables(const Statement& before, const Statement& after, const Budget& budget)
{
    SolutionComparison result;
    std::set<std::string> names = variablesOf(before);
    names.merge(variablesOf(after));
    for (const Assignment& point : solutionPoints(before, names, budget))
        if (!result.lost && holdsAt(after, point, budget) == Truth::No)
            result.lost = point;
    for (const Assignment& point : solutionPoints(after, names, budget))
        if (!result.gained && holdsAt(before, point, budget) == Truth::No)
            result.gained = point;
    if (result.lost || result.gained) {
        result.change = changeOf(result.lost.has_value(), result.gained.has_value());
        result.reason = "refuted";
        return result;
    }
    // Both have exactly one solution, and it is the same.
    const auto one = linearSolution(before, budget), other = linearSolution(after, budget);
    if (one && other && variablesOf(before) == variablesOf(after)) {
        result.change = SolutionChange::Same;
        result.reason = "exact";
    }
    return result;
}

SolutionComparison compareAsRead(const Statement& before, const Statement& after, const Budget& budget)
{
    std::set<std::string> names = variablesOf(before);
    names.merge(variablesOf(after));
    SolutionComparison result;
    if (names.size() <= 1)
        result = OneVariable(before, after, names.empty() ? "x" : *names.begin(), budget).run();
    if (result.change == SolutionChange::Unknown && isMultiple(before, after, budget))
        return {SolutionChange::Same, "points", {}, {}, false, false};
    if (names.size() > 1)
        result = severalVariables(before, after, budget);
    return result;
}

} // namespace

SolutionComparison compareSolutions(const Statement& before, const Statement& after, const Budget& budget)
{
    const SolutionComparison result = compareAsRead(before, after, budget);
    const auto differ = [](const SolutionComparison& one) {
        return one.change != SolutionChange::Same && one.change != SolutionChange::Unknown;
    };
    if (!differ(result))
        return result;
    for (const Expr& base : otherLogarithmBases()) {
        const auto a = withLogarithmBase(before, base), b = withLogarithmBase(after, base);
        if (!a && !b)
            return result;
        if (SolutionComparison other = compareAsRead(a ? *a : before, b ? *b : after, budget); !differ(other))
            return other;
    }
    return result;
}

} // namespace lemma::tutor
