#include "tutor/checker/system.h"

#include <algorithm>
#include <utility>

#include "tutor/checker/comparison.h"
#include "tutor/checker/scalar.h"
#include "tutor/checker/statement.h"
#include "tutor/math/print.h"
#include "tutor/solver/solve.h"

namespace lemma::tutor {
namespace {

using Assignments = std::map<std::string, Expr>;

bool isEquation(const Expr& e) { return e->kind == Kind::Relation && e->text == "="; }

bool isSystem(const Expr& e)
{
    return e->kind == Kind::List && e->text != "or" && e->args.size() > 1 &&
           std::all_of(e->args.begin(), e->args.end(), isEquation) && freeSymbols(e).size() > 1;
}

Verdict compareAssignments(const Assignments& gold, const Assignments& answer, const Policy& policy,
                           const Budget& budget)
{
    const Comparison comparison(policy, budget);
    Verdict all = equalBecause(ReasonKind::SameForm);
    if (gold.size() != answer.size())
        return differentBecause(ReasonKind::Size);
    for (const auto& [name, value] : gold) {
        const auto found = answer.find(name);
        if (found == answer.end())
            return unknownBecause(ReasonKind::Undecided);
        all = together(std::move(all), comparison.compare(value, found->second));
    }
    return all;
}

// The only solution, of a linear system or of values that are given outright.
std::optional<Assignments> solved(const Expr& e, const Budget& budget)
{
    if (auto given = assignmentsOf(e))
        return given;
    const Solution solution = solve(e, {}, budget);
    if (!solution.solved || solution.solutions.empty())
        return std::nullopt;
    return assignmentsOf(makeNode(Kind::List, ",", solution.solutions));
}

// Values put into equations: a counter-example where one of them fails.
std::optional<Verdict> substituted(const Expr& system, const Assignments& values, bool systemIsGold,
                                   const Budget& budget)
{
    for (const Expr& one : system->args) {
        Expr left = one->args[0], right = one->args[1];
        for (const auto& [name, value] : values) {
            left = substitute(left, name, value);
            right = substitute(right, name, value);
        }
        const bool constants = freeSymbols(left).empty() && freeSymbols(right).empty();
        if (!constants || compareScalars(left, right, {}, budget).equality != Equality::Different)
            continue;
        Verdict verdict = differentBecause(ReasonKind::Counterexample);
        verdict.counterexample = Counterexample{{}, systemIsGold ? "false" : "true", systemIsGold ? "true" : "false"};
        for (const auto& [name, value] : values)
            verdict.counterexample->point.emplace_back(name, toPlain(value));
        return verdict;
    }
    return std::nullopt;
}

std::optional<Verdict> tupleAndNames(const Expr& tuple, const Assignments& named, bool tupleIsGold,
                                     const Policy& policy, const Budget& budget)
{
    if (tuple->kind != Kind::Bracket || tuple->text != "()")
        return std::nullopt;
    if (tuple->args.size() != named.size())
        return differentBecause(ReasonKind::Size);
    const Comparison comparison(policy, budget);
    Verdict all = equalBecause(ReasonKind::SameForm);
    std::size_t i = 0;
    for (const auto& [name, value] : named) { // in the order of the alphabet
        const Expr& part = tuple->args[i++];
        all = together(std::move(all), tupleIsGold ? comparison.compare(part, value) : comparison.compare(value, part));
    }
    return all;
}

} // namespace

std::optional<Assignments> assignmentsOf(const Expr& e)
{
    Assignments result;
    const auto give = [&](const Expr& name, const Expr& value) {
        return isQuantityName(name) && value->kind != Kind::Relation && result.emplace(toPlain(name), value).second;
    };
    const bool pair = isEquation(e) && e->args[0]->kind == Kind::Bracket && e->args[1]->kind == Kind::Bracket &&
                      e->args[0]->args.size() == e->args[1]->args.size();
    if (pair) {
        for (std::size_t i = 0; i < e->args[0]->args.size(); ++i)
            if (!give(e->args[0]->args[i], e->args[1]->args[i]))
                return std::nullopt;
        return result;
    }
    if (e->kind != Kind::List || e->text == "or" || e->args.size() < 2)
        return std::nullopt;
    for (const Expr& part : e->args)
        if (!isEquation(part) || !give(part->args[0], part->args[1]) ||
            freeSymbols(part->args[1]).contains(toPlain(part->args[0])))
            return std::nullopt;
    return result;
}

std::optional<Verdict> compareSystems(const Expr& gold, const Expr& answer, const Policy& policy, const Budget& budget)
{
    const auto named = assignmentsOf(gold), given = assignmentsOf(answer);
    if (named && given)
        return compareAssignments(*named, *given, policy, budget);
    if (named && answer->kind == Kind::Bracket)
        return tupleAndNames(answer, *named, false, policy, budget);
    if (given && gold->kind == Kind::Bracket)
        return tupleAndNames(gold, *given, true, policy, budget);
    const bool both = (isSystem(gold) || named) && (isSystem(answer) || given);
    if (!both)
        return std::nullopt;
    if (given)
        if (auto refuted = substituted(gold, *given, true, budget))
            return refuted;
    if (named)
        if (auto refuted = substituted(answer, *named, false, budget))
            return refuted;
    const auto g = solved(gold, budget), a = solved(answer, budget);
    return g && a ? compareAssignments(*g, *a, policy, budget) : unknownBecause(ReasonKind::Undecided);
}

} // namespace lemma::tutor
