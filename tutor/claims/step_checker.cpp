#include "tutor/claims/step_checker.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tutor/calculus/simplify.h"
#include "tutor/checker/verdict.h"
#include "tutor/claims/relation_finder.h"
#include "tutor/claims/wording.h"
#include "tutor/math/exact_memory.h"
#include "tutor/math/parser.h"
#include "tutor/math/print.h"
#include "tutor/math/rational_value.h"
#include "tutor/working/rounding.h"
#include "tutor/working/solutions.h"
#include "tutor/working/statement_traits.h"
#include "tutor/working/values.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t conditionsKept = 8;
constexpr std::size_t linkReach = 160; // bytes between two relations that may be one step apart
constexpr auto workPerClaim = std::chrono::milliseconds(60);

void settle(StepClaim& claim, Badge badge, std::string reason)
{
    claim.badge = badge;
    claim.reason = std::move(reason);
}

std::string reasonOf(const Verdict& verdict)
{
    return verdict.reason == ReasonKind::Points ? fmt::format("equal at {} points", verdict.points) : "exact";
}

bool isScalar(const Expr& e)
{
    static constexpr std::array others = {Kind::Text,      Kind::Choice,   Kind::List,         Kind::Set,
                                          Kind::Bracket,   Kind::Union,    Kind::Intersection, Kind::Difference,
                                          Kind::Matrix,    Kind::Cases,    Kind::Relation,     Kind::Modular,
                                          Kind::PlusMinus, Kind::Quantity, Kind::Apply};
    return std::none_of(others.begin(), others.end(), [&](Kind kind) { return contains(e, kind); }) &&
           !containsConstant(e, "infinity");
}

// 0 = 5: what an equation without solution comes to, no calculation that can be wrong.
bool isLoneNumeral(const Expr& e)
{
    return e->kind == Kind::Number || (e->kind == Kind::Negate && isLoneNumeral(e->args[0]));
}

// As people read it, without LaTeX.
std::string plainly(const std::string& text)
{
    const ParseResult tree = parseMath(text);
    return tree ? toPlain(*tree) : text;
}

// What one pair of a chain of constants comes to.
struct PairVerdict {
    Badge badge = Badge::Grey;
    std::string reason;
};

PairVerdict judgePair(const Expr& left, const Expr& right, char sign, const Budget& budget)
{
    if (isLoneNumeral(left) && isLoneNumeral(right) && sign == '=')
        return {Badge::Grey, "no calculation"};
    if (sign == '=' || sign == '~' || sign == '!') {
        const Verdict verdict = compareValues(left, right, budget);
        if (verdict.equality == Equality::Unknown)
            return {Badge::Grey, "undecided"};
        const bool equal = verdict.equality == Equality::Equal;
        if (sign == '~')
            return equal || roundsTo(left, right, budget) ? PairVerdict{Badge::Green, "correctly rounded"}
                                                          : PairVerdict{Badge::Grey, "an approximation"};
        if (equal == (sign == '='))
            return {Badge::Green, equal ? reasonOf(verdict) : "different numbers"};
        if (sign == '=' && mayBeRounded(left, right, budget))
            return {Badge::Grey, "may be rounded"};
        return {Badge::Red, constantText(left, budget) + " and " + constantText(right, budget)};
    }
    const Sign difference = compareConstantSizes(left, right, budget);
    if (difference == Sign::Unknown || difference == Sign::NoValue)
        return {Badge::Grey, "undecided"};
    const bool holds = (sign == '<' && difference == Sign::Negative) || (sign == '>' && difference == Sign::Positive) ||
                       (sign == 'l' && difference != Sign::Positive) || (sign == 'g' && difference != Sign::Negative);
    return holds ? PairVerdict{Badge::Green, "exact"}
                 : PairVerdict{Badge::Red, constantText(left, budget) + " and " + constantText(right, budget)};
}

// 16 + A = 16 + A + 2: false whatever the letters are. In a chain, since an equation by itself may have no solution.
bool isFalseEverywhere(const Expr& left, const Expr& right, const Budget& budget)
{
    const Expr difference = expanded(subtract(left, right), budget);
    const auto value = freeSymbols(difference).empty() ? rationalValue(difference, {}, budget) : std::nullopt;
    return value && value->sign() != 0;
}

} // namespace

std::string_view badgeName(Badge badge)
{
    return badge == Badge::Green ? "green" : badge == Badge::Red ? "red" : "grey";
}

StepChecker::StepChecker(std::chrono::milliseconds workPerStep, std::stop_token stop)
    : m_workPerStep(workPerStep), m_stop(std::move(stop))
{
}

StepCheck StepChecker::check(const Step& step)
{
    releaseExactMemoryAtThreadEnd();
    StepCheck result;
    m_previous.reset();
    m_lastTerm = nullptr;
    const long allowance = std::chrono::duration_cast<std::chrono::microseconds>(m_workPerStep).count();
    long used = 0;
    for (FoundRelation& found : findRelations(step.text)) {
        found.clean = found.clean && !(m_cutOff && step.text.find_first_not_of(" ") == found.range.begin);
        const Budget budget(workPerClaim, m_stop);
        StepClaim claim;
        if (used < allowance && !m_stop.stop_requested())
            claim = judge(found, budget);
        else
            claim.reason = "too much to check";
        used += budget.used() + 20;
        claim.text = found.text;
        claim.range = {step.begin + found.range.begin, step.begin + found.range.end};
        result.claims.push_back(std::move(claim));
    }
    const std::size_t last = step.text.find_last_not_of(" ");
    m_cutOff = last != std::string::npos && std::string_view(".?!:;\n").find(step.text[last]) == std::string_view::npos;
    std::size_t claims = 0, checked = 0;
    for (const StepClaim& claim : result.claims) {
        claims += claim.role == LineRole::Claim ? 1U : 0U;
        checked += claim.badge == Badge::Green ? 1U : 0U;
        if (claim.badge == Badge::Red && result.badge != Badge::Red) {
            result.badge = Badge::Red;
            result.reason = fmt::format("{} is not true: {}", plainly(claim.text), claim.reason);
        }
    }
    if (result.badge == Badge::Red)
        return result;
    result.badge = claims > 0 && checked == claims ? Badge::Green : Badge::Grey;
    result.reason =
        claims == 0 ? "nothing here that can be checked" : fmt::format("{} of {} claims checked", checked, claims);
    return result;
}

StepClaim StepChecker::judge(const FoundRelation& found, const Budget& budget)
{
    StepClaim claim;
    const ParseResult parsed = parseMath(found.text);
    if (!parsed) {
        settle(claim, Badge::Grey, "not read");
        return claim;
    }
    Expr tree = *parsed;
    if (found.continues && m_lastTerm) {
        std::vector<Expr> terms = {m_lastTerm};
        const bool chain = tree->kind == Kind::Relation;
        if (chain)
            terms.insert(terms.end(), tree->args.begin(), tree->args.end());
        else
            terms.push_back(tree);
        tree = makeNode(Kind::Relation, "=" + (chain ? tree->text : ""), std::move(terms));
    }
    m_lastTerm = tree->kind == Kind::Relation ? tree->args.back() : tree;
    const bool comparison = tree->kind == Kind::Relation &&
                            tree->text.find_first_not_of("=<>lg!~") == std::string::npos &&
                            std::all_of(tree->args.begin(), tree->args.end(), isScalar);
    if (!comparison) {
        settle(claim, Badge::Grey, "not a statement about numbers");
        return claim;
    }
    if (freeSymbols(tree).empty())
        judgeConstants(tree, claim, budget);
    else
        judgeEquation(tree, found, claim, budget);
    if (claim.badge == Badge::Red && (!found.clean || isHedged(found.sentence)))
        settle(claim, Badge::Grey, "perhaps not meant as a statement");
    if (claim.badge == Badge::Green && !found.whole)
        settle(claim, Badge::Grey, "perhaps not the whole statement");
    return claim;
}

void StepChecker::judgeConstants(const Expr& relation, StepClaim& claim, const Budget& budget) const
{
    settle(claim, Badge::Green, "");
    for (std::size_t i = 0; i < relation->text.size(); ++i) {
        const PairVerdict pair = judgePair(relation->args[i], relation->args[i + 1], relation->text[i], budget);
        const bool worse = pair.badge == Badge::Red || (pair.badge == Badge::Grey && claim.badge == Badge::Green);
        if (worse || claim.reason.empty())
            settle(claim, pair.badge, pair.reason);
        if (claim.badge == Badge::Red)
            return;
    }
}

void StepChecker::judgeEquation(const Expr& relation, const FoundRelation& found, StepClaim& claim,
                                const Budget& budget)
{
    // Pair by pair: a = b = c may define, transform and evaluate in one line.
    bool allTrue = true;
    std::string reason = "exact";
    for (std::size_t i = 0; i < relation->text.size(); ++i) {
        const Expr &left = relation->args[i], &right = relation->args[i + 1];
        const bool constants = freeSymbols(left).empty() && freeSymbols(right).empty();
        PairVerdict pair;
        if (constants) {
            pair = judgePair(left, right, relation->text[i], budget);
        } else if (relation->text[i] == '=') {
            const Verdict verdict = compareValues(left, right, budget);
            if (verdict.equality == Equality::Equal)
                pair = {Badge::Green, reasonOf(verdict)};
            else if (verdict.equality == Equality::Different && relation->text.size() > 1 &&
                     isFalseEverywhere(left, right, budget))
                pair = {Badge::Red, "false for every value"};
        }
        if (pair.badge == Badge::Red)
            return settle(claim, Badge::Red, pair.reason);
        allTrue = allTrue && pair.badge == Badge::Green;
        if (pair.badge == Badge::Green && pair.reason != "exact")
            reason = pair.reason;
    }
    if (allTrue)
        return settle(claim, Badge::Green, reason);
    const auto readings = readStatement(relation);
    const Expr& first = relation->args[0];
    if (introducesName(found.lead, found.sentence) && first->kind == Kind::Symbol) {
        claim.role = LineRole::Definition;
        settle(claim, Badge::Grey, "definition");
    } else if (readings.size() != 1 || !holdsInContext(readings[0], found, claim, budget)) {
        if (claim.badge == Badge::Red)
            return;
        claim.role = LineRole::Condition;
        settle(claim, Badge::Grey, "condition");
    }
    if (readings.size() == 1)
        remember(readings[0], found);
}

bool StepChecker::holdsInContext(const Statement& now, const FoundRelation& found, StepClaim& claim,
                                 const Budget& budget)
{
    const std::set<std::string> names = variablesOf(now);
    const bool near =
        m_previous && found.range.begin >= m_previousEnd && found.range.begin - m_previousEnd <= linkReach;
    if (names.size() == 1 && near && variablesOf(*m_previous) == names) {
        const SolutionComparison comparison = compareSolutions(*m_previous, now, budget);
        if (comparison.change == SolutionChange::Same && !comparison.noneBefore) {
            settle(claim, Badge::Green,
                   comparison.reason == "points" ? "equal at many points" : "same solutions as before");
            return true;
        }
        const bool wrong = comparison.change == SolutionChange::Both && followsBy(found.lead) &&
                           !isSolved(*m_previous) && !hasTrigonometry(*m_previous) && !hasTrigonometry(now);
        if (wrong) {
            settle(claim, Badge::Red,
                   fmt::format("it does not follow: {} = {} solves the one before only", *names.begin(),
                               toPlain(comparison.lost->begin()->second)));
            return false;
        }
    }
    if (names.size() == 1 && isSolved(now))
        for (const Statement& condition : m_conditions) {
            const std::vector<Expr> values = namedConstants(now);
            const bool solves = variablesOf(condition) == names && !isSolved(condition) &&
                                std::all_of(values.begin(), values.end(), [&](const Expr& value) {
                                    return holdsAt(condition, {{*names.begin(), value}}, budget) == Truth::Yes;
                                });
            if (solves) {
                settle(claim, Badge::Green, "solves an equation above");
                return true;
            }
        }
    const bool allKnown =
        std::all_of(names.begin(), names.end(), [this](const auto& name) { return m_known.contains(name); });
    const bool says = now.type != Statement::Type::Relation || now.left->kind != Kind::Symbol;
    if (allKnown && says && holdsAt(now, m_known, budget) == Truth::Yes) {
        settle(claim, Badge::Green, "true for the values above");
        return true;
    }
    return false;
}

void StepChecker::remember(const Statement& statement, const FoundRelation& found)
{
    m_previous = statement;
    m_previousEnd = found.range.end;
    const std::set<std::string> names = variablesOf(statement);
    if (names.size() == 1 && statement.type == Statement::Type::Relation && isSolved(statement))
        m_known[*names.begin()] = namedConstants(statement)[0];
    if (names.size() == 1 && !isSolved(statement)) {
        m_conditions.push_back(statement);
        if (m_conditions.size() > conditionsKept)
            m_conditions.erase(m_conditions.begin() + 1); // the first is what the thought began with
    }
}

} // namespace lemma::tutor
