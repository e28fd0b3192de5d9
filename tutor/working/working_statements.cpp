#include "tutor/working/working_progress.h"

#include <algorithm>
#include <utility>

#include "tutor/working/counterexample.h"
#include "tutor/working/rounding.h"
#include "tutor/working/solution_points.h"
#include "tutor/working/statement_traits.h"
#include "tutor/working/system_steps.h"

namespace lemma::tutor {

namespace {

using Type = Statement::Type;

} // namespace

void Working::compareStatements(const WorkingLine& before, const WorkingLine& line, LineCheck& check,
                                const Budget& budget)
{
    std::optional<std::pair<SolutionComparison, std::pair<Statement, Statement>>> first;
    for (const Statement& from : before.readings)
        for (const Statement& to : line.readings) {
            const SolutionComparison one = compareSolutions(assumed(from), assumed(to), budget);
            if (one.change == SolutionChange::Same) {
                accept(check, LineRelation::Equivalent, one.reason);
                return;
            }
            if (!first || one.change == SolutionChange::Unknown)
                first = {one, {from, to}};
        }
    const auto& [comparison, statements] = *first;
    const auto& [from, to] = statements;
    if (variablesOf(from).size() > 1 || variablesOf(to).size() > 1 ||
        variablesOf(Statement{Type::And, RelationOp::Equal, {}, {}, m_system}).size() > 1)
        return compareInSystem(from, to, comparison, line, check, budget);
    judge(from, to, comparison, line, check, budget);
}

void Working::compareInSystem(const Statement& from, const Statement& to, const SolutionComparison& comparison,
                              const WorkingLine& line, LineCheck& check, const Budget& budget)
{
    Statement all = {Type::And, RelationOp::Equal, {}, {}, m_system};
    const auto unique = m_system.size() == 1 ? linearSolution(m_system[0], budget) : linearSolution(all, budget);
    if (unique && !std::any_of(line.readings.begin(), line.readings.end(),
                               [&](const Statement& one) { return holdsAt(one, *unique, budget) != Truth::No; })) {
        SolutionComparison shown;
        shown.lost = *unique;
        refute(check, LineRelation::Different, counterexampleText(all, to, shown, budget));
        for (const Expr& step : systemSteps(m_system, budget))
            if (line.tree && check.mistake == nullptr && freeSymbols(step) == freeSymbols(line.tree))
                check.mistake = explained(step, line.tree);
        return;
    }
    if (unique && holdsAt(to, *unique, budget) == Truth::Yes)
        return accept(check, LineRelation::Follows, "substitution");
    check.reason = "undecided";
    // c^2 = a^2 + b^2, so c = sqrt(a^2 + b^2): lengths are positive.
    const bool proved = comparison.gained || (comparison.lost && comparison.change != SolutionChange::Lost);
    const bool sameVariables = variablesOf(from) == variablesOf(to);
    const bool newEquation = isStandardForm(from) && isStandardForm(to);
    if (!proved || !sameVariables || newEquation || m_system.size() > 1 || !line.tree || !m_previous->tree)
        return;
    // Without a mistake that explains it, it may as well be a fact from outside.
    if (const Mistake* mistake = explained(m_previous->tree, line.tree)) {
        refute(check, LineRelation::Different, counterexampleText(from, to, comparison, budget));
        check.mistake = mistake;
    }
}

void Working::judge(const Statement& from, const Statement& to, const SolutionComparison& comparison,
                    const WorkingLine& line, LineCheck& check, const Budget& budget)
{
    if (comparison.change == SolutionChange::Unknown)
        return checkBySubstitution(from, to, check, budget);
    if (m_anchor && compareSolutions(assumed(*m_anchor), assumed(to), budget).change == SolutionChange::Same) {
        m_anchor.reset();
        return accept(check, LineRelation::Equivalent, "exact");
    }
    if (isCase(from, to, comparison, budget))
        return accept(check, LineRelation::Follows, "exact");
    if (comparison.change == SolutionChange::Gained && !isSolved(to) &&
        (mayAddSolutions(from) || isSquare(from, to, budget) || isMultiplied(from, to, budget))) {
        if (!m_anchor)
            m_anchor = from;
        return accept(check, LineRelation::Gained, "exact");
    }
    const bool trigonometry = hasTrigonometry(from) || hasTrigonometry(to);
    if (trigonometry && (comparison.change == SolutionChange::Lost || isSolved(to))) {
        // Neither the interval in which solutions are looked for nor the unit of the angle is known here.
        check.reason = "undecided";
        return;
    }
    if (mayBeMeant(from, to, comparison, budget)) {
        check.reason = "undecided";
        return;
    }
    const LineRelation relation = comparison.change == SolutionChange::Lost     ? LineRelation::Lost
                                  : comparison.change == SolutionChange::Gained ? LineRelation::Gained
                                                                                : LineRelation::Different;
    refute(check, relation, counterexampleText(from, to, comparison, budget));
    if (m_previous->tree && line.tree)
        check.mistake = explained(m_previous->tree, line.tree);
    if (check.mistake == nullptr && comparison.change == SolutionChange::Gained && mayAddSolutions(from))
        check.mistake = &mistakeById("extraneous-solution");
    if (check.mistake == nullptr && comparison.change == SolutionChange::Lost && isSolved(to))
        check.mistake = &mistakeById("solution-missing");
    if (check.mistake == nullptr && comparison.change == SolutionChange::Gained && hasInequality(to))
        unsure(check); // x < 3, so x < 5: true, if not much
}

bool Working::mayBeMeant(const Statement& from, const Statement& to, const SolutionComparison& comparison,
                         const Budget& budget)
{
    const std::set<std::string> names = variablesOf(from);
    if (names.size() != 1 || variablesOf(to) != names)
        return false;
    const bool order = hasInequality(from);
    const bool counts = *names.begin() == "n" || *names.begin() == "k" || *names.begin() == "m";
    if (order && (counts || isSolved(to))) // n > 2.5, so n >= 3
        return true;
    if (isSolved(to) && comparison.lost)
        for (const Expr& value : namedConstants(to)) // x = 3.33 for 10/3
            if (hasDecimal(value) && mayBeRounded(comparison.lost->begin()->second, value, budget))
                return true;
    return comparison.change == SolutionChange::Lost && losesOnlyNegative(from, to, *names.begin(), budget);
}

bool Working::losesOnlyNegative(const Statement& from, const Statement& to, const std::string& name,
                                const Budget& budget)
{
    const Statement size = {Type::Relation, RelationOp::GreaterOrEqual, symbol(name), integer(0), {}};
    return isSize(name) && compareSolutions(both(size, from), both(size, to), budget).change == SolutionChange::Same;
}

bool Working::isCase(const Statement& from, const Statement& to, const SolutionComparison& comparison,
                     const Budget& budget)
{
    const bool begins = comparison.change == SolutionChange::Lost && isFactorOf(from, to, budget);
    if (begins && !m_cases) {
        m_cases = from;
        m_covered = to;
        return true;
    }
    if (!m_cases)
        return false;
    const SolutionComparison whole = compareSolutions(*m_cases, to, budget);
    if (whole.change == SolutionChange::Same) {
        m_cases.reset();
        m_covered.reset();
        return true;
    }
    if (whole.change != SolutionChange::Lost || whole.noneAfter)
        return false;
    m_covered = Statement{Type::Or, RelationOp::Equal, {}, {}, {*m_covered, to}};
    return true;
}

void Working::checkBySubstitution(const Statement& from, const Statement& to, LineCheck& check, const Budget& budget)
{
    check.reason = "undecided";
    const std::set<std::string> names = variablesOf(to);
    if (!isSolved(to) || names.size() != 1 || hasTrigonometry(from))
        return;
    for (const Expr& value : namedConstants(to))
        if (holdsAt(from, {{*names.begin(), value}}, budget) != Truth::Yes)
            return;
    accept(check, LineRelation::Follows, "substitution");
}

} // namespace lemma::tutor
