#include "tutor/working/mistakes/compared_lines.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "tutor/math/rational_value.h"
#include "tutor/working/solutions.h"
#include "tutor/working/values.h"

namespace lemma::tutor {
namespace {

using Type = Statement::Type;

bool isOrder(RelationOp op) { return turned(op) != op; }

bool isStrict(RelationOp op) { return op == RelationOp::Less || op == RelationOp::Greater; }

RelationOp weakened(RelationOp op)
{
    return op == RelationOp::Less      ? RelationOp::LessOrEqual
           : op == RelationOp::Greater ? RelationOp::GreaterOrEqual
                                       : op;
}

bool isEqual(const Expr& a, const Expr& b, const Budget& budget) { return sameValue(a, b, budget); }

// The sign c of p = c q for a number c.
std::optional<Sign> ratioOf(const Expr& p, const Expr& q, const Budget& budget)
{
    const std::set<std::string> names = freeSymbols(p);
    Assignment at;
    long value = 7;
    for (const std::string& name : names)
        at[name] = rationalExpr(Rational(value += 4, 3));
    const Expr pAt = substituted(p, at), qAt = substituted(q, at);
    const Sign a = constantSign(pAt, budget), b = constantSign(qAt, budget);
    const bool usable = (a == Sign::Positive || a == Sign::Negative) && (b == Sign::Positive || b == Sign::Negative);
    if (!usable || names != freeSymbols(q) || !isEqual(multiply({p, qAt}), multiply({q, pAt}), budget))
        return std::nullopt;
    return a == b ? Sign::Positive : Sign::Negative;
}

// Calls use(tree with the numeral replaced by t, numeral) for each numeral of the tree until it returns true.
using UseNumeral = std::function<bool(const Expr& tree, const Expr& numeral)>;

bool forNumerals(const Expr& tree, const UseNumeral& use)
{
    if (tree->kind == Kind::Number)
        return use(symbol("?"), tree);
    for (std::size_t i = 0; i < tree->args.size(); ++i)
        if (forNumerals(tree->args[i], [&](const Expr& changed, const Expr& numeral) {
                std::vector<Expr> args = tree->args;
                args[i] = changed;
                return use(withArguments(*tree, std::move(args)), numeral);
            }))
            return true;
    return false;
}

// The values of t that make the line right, as far as they are found: t occurs linearly, or in the next whole numbers.
std::vector<Expr> repairs(const Expr& before, const Expr& withHole, const Budget& budget)
{
    std::vector<Expr> found;
    const bool equation = before->kind == Kind::Relation;
    if (equation != (withHole->kind == Kind::Relation))
        return {};
    if (!equation) { // before = a t + b at one point
        Assignment at;
        for (const std::string& name : freeSymbols(before))
            at[name] = rationalExpr(Rational(7 + static_cast<long>(at.size()), 3));
        const auto value = [&](const Expr& e, long t) {
            return rationalValue(substitute(substituted(e, at), "?", integer(t)), {}, budget);
        };
        const auto target = value(before, 0), zero = value(withHole, 0), one = value(withHole, 1);
        if (!target || !zero || !one)
            return {};
        Rational slope, root;
        fmpq_sub(slope.get(), one->get(), zero->get());
        fmpq_sub(root.get(), target->get(), zero->get());
        if (fmpq_is_zero(slope.get()) != 0)
            return {};
        fmpq_div(root.get(), root.get(), slope.get());
        return {rationalExpr(root)};
    }
    // An equation: a solution of the line before must solve the repaired one.
    const auto readings = readStatement(before);
    if (readings.size() != 1 || readings[0].type != Type::Relation || freeSymbols(before).size() != 1)
        return {};
    const std::string name = *freeSymbols(before).begin();
    const SolutionComparison all = compareSolutions(readings[0], {Type::False, RelationOp::Equal, {}, {}, {}}, budget);
    if (!all.lost)
        return {};
    const Expr f = substitute(subtract(withHole->args[0], withHole->args[1]), name, all.lost->at(name));
    const auto zero = rationalValue(substitute(f, "?", integer(0)), {}, budget),
               one = rationalValue(substitute(f, "?", integer(1)), {}, budget);
    if (!zero || !one)
        return {};
    Rational slope, root;
    fmpq_sub(slope.get(), zero->get(), one->get());
    if (fmpq_is_zero(slope.get()) != 0)
        return {};
    fmpq_div(root.get(), zero->get(), slope.get());
    return {rationalExpr(root)};
}

bool isRight(const Expr& before, const Expr& after, const Budget& budget)
{
    if (before->kind != Kind::Relation)
        return isEqual(before, after, budget);
    const auto a = readStatement(before), b = readStatement(after);
    return a.size() == 1 && b.size() == 1 && compareSolutions(a[0], b[0], budget).change == SolutionChange::Same;
}

} // namespace

const Mistake* inequalityMistake(const Statement& before, const Statement& after, const Budget& budget)
{
    if (before.type != Type::Relation || after.type != Type::Relation || !isOrder(before.op) || !isOrder(after.op))
        return nullptr;
    const auto ratio = ratioOf(subtract(before.left, before.right), subtract(after.left, after.right), budget);
    if (!ratio)
        return nullptr;
    const RelationOp right = *ratio == Sign::Positive ? before.op : turned(before.op);
    if (after.op == right)
        return nullptr;
    if (weakened(after.op) == weakened(right) && isStrict(after.op) != isStrict(right))
        return &mistakeById("strictness-changed");
    return &mistakeById(*ratio == Sign::Negative ? "inequality-not-turned" : "inequality-turned");
}

const Mistake* divisionMistake(const Statement& before, const Statement& after, const Budget& budget)
{
    if (before.type != Type::Relation || after.type != Type::Relation || before.op != RelationOp::Equal ||
        after.op != RelationOp::Equal)
        return nullptr;
    // left/left' = right/right' is the expression that both sides were divided by, unless it is a number.
    const bool same = isEqual(multiply({before.left, after.right}), multiply({before.right, after.left}), budget);
    const bool number = ratioOf(before.left, after.left, budget) || ratioOf(before.right, after.right, budget);
    if (same && !number)
        return &mistakeById("divided-by-zero-expression");
    const Expr p = subtract(before.left, before.right), q = subtract(after.left, after.right);
    for (const Expr& factor : before.left->kind == Kind::Multiply ? before.left->args : std::vector<Expr>{})
        if (!freeSymbols(factor).empty() && ratioOf(p, multiply({factor, q}), budget))
            return &mistakeById("divided-by-zero-expression");
    const std::set<std::string> names = freeSymbols(p);
    for (const std::string& name : names) // x was struck out: p = x q
        for (const Expr& factor : {symbol(name), power(symbol(name), integer(2))})
            if (ratioOf(p, multiply({factor, q}), budget))
                return &mistakeById("divided-by-zero-expression");
    return nullptr;
}

const Mistake* wrongFactors(const Expr& before, const Expr& after, const Budget& budget)
{
    const bool lines = before->kind == Kind::Relation && after->kind == Kind::Relation;
    if (lines && (before->text != after->text || before->args.size() != 2 || after->args.size() != 2))
        return nullptr;
    if (lines) { // the other sides agree
        for (const auto& [side, other] : {std::pair(0, 1), {1, 0}})
            if (sameValue(before->args[static_cast<std::size_t>(other)], after->args[static_cast<std::size_t>(other)],
                          budget))
                return wrongFactors(before->args[static_cast<std::size_t>(side)],
                                    after->args[static_cast<std::size_t>(side)], budget);
        return nullptr;
    }
    const auto isSum = [](const Expr& e) { return e->kind == Kind::Add && !freeSymbols(e).empty(); };
    const bool square = after->kind == Kind::Power && isSum(after->args[0]);
    const bool product = after->kind == Kind::Multiply && std::any_of(after->args.begin(), after->args.end(), isSum);
    return before->kind == Kind::Add && (square || product) && freeSymbols(before) == freeSymbols(after)
               ? &mistakeById("wrong-factors")
               : nullptr;
}

const Mistake* slip(const Expr& before, const Expr& after, const Budget& budget)
{
    const Mistake* found = nullptr;
    forNumerals(after, [&](const Expr& withHole, const Expr& numeral) {
        for (const Expr& value : repairs(before, withHole, budget)) {
            const bool same = sameTree(value, numeral);
            if (same || budget.spent() || !isRight(before, substitute(withHole, "?", value), budget))
                continue;
            const bool sign = value->kind == Kind::Negate && sameTree(value->args[0], numeral);
            // A repair by another whole number is a slip; one by an odd fraction would explain anything.
            if (!sign &&
                (value->kind == Kind::Divide || (value->kind == Kind::Negate && value->args[0]->kind == Kind::Divide)))
                continue;
            found = &mistakeById(sign ? "sign-slip" : "arithmetic-slip");
            return true;
        }
        return budget.spent();
    });
    return found;
}

} // namespace lemma::tutor
