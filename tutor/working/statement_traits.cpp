#include "tutor/working/statement_traits.h"

#include <algorithm>

#include "tutor/working/mistakes/explain.h"
#include "tutor/working/values.h"

namespace lemma::tutor {
namespace {

bool hidesSolutions(const Expr& e)
{
    const bool divides = e->kind == Kind::Divide && !freeSymbols(e->args[1]).empty();
    const bool bars = e->kind == Kind::Function && (e->text == "abs" || e->text == "ln" || e->text == "log");
    return e->kind == Kind::Root || divides || bars || std::any_of(e->args.begin(), e->args.end(), hidesSolutions);
}

bool anySide(const Statement& s, bool (*test)(const Expr&))
{
    const auto relations = relationsOf(s);
    return std::any_of(relations.begin(), relations.end(),
                       [test](const Statement* one) { return test(one->left) || test(one->right); });
}

} // namespace

bool hasTrigonometry(const Expr& e)
{
    static const std::set<std::string_view> periodic = {"sin", "cos", "tan", "cot", "sec", "csc"};
    return (e->kind == Kind::Function && periodic.contains(e->text)) ||
           std::any_of(e->args.begin(), e->args.end(), [](const Expr& arg) { return hasTrigonometry(arg); });
}

bool hasTrigonometry(const Statement& s) { return anySide(s, hasTrigonometry); }

bool isSolved(const Statement& s)
{
    const auto relations = relationsOf(s);
    return !relations.empty() && namedConstants(s).size() == relations.size() &&
           std::all_of(relations.begin(), relations.end(),
                       [](const Statement* one) { return one->op == RelationOp::Equal; });
}

bool mayAddSolutions(const Statement& s) { return anySide(s, hidesSolutions); }

bool isStandardForm(const Statement& s)
{
    if (s.type != Statement::Type::Relation)
        return true; // a system by itself
    return freeSymbols(s.left).size() > 1 && freeSymbols(s.right).empty();
}

bool isSquare(const Statement& from, const Statement& to, const Budget& budget)
{
    if (from.type != Statement::Type::Relation || to.type != Statement::Type::Relation)
        return false;
    const auto squared = [&](const Expr& a, const Expr& b) { return sameValue(power(a, integer(2)), b, budget); };
    return squared(from.left, to.left) && squared(from.right, to.right);
}

bool isMultiplied(const Statement& from, const Statement& to, const Budget& budget)
{
    const bool equations = from.type == Statement::Type::Relation && to.type == Statement::Type::Relation &&
                           from.op == RelationOp::Equal && to.op == RelationOp::Equal;
    return equations && sameValue(multiply({from.left, to.right}), multiply({from.right, to.left}), budget);
}

bool hasInequality(const Statement& s)
{
    const auto relations = relationsOf(s);
    return std::any_of(relations.begin(), relations.end(),
                       [](const Statement* one) { return turned(one->op) != one->op; });
}

bool isSize(const std::string& name) { return name != "x" && name != "y" && name != "z" && name != "u"; }

bool isFactorOf(const Statement& from, const Statement& to, const Budget& budget)
{
    const auto zero = [&](const Expr& e) { return constantSign(e, budget) == Sign::Zero; };
    if (from.type == Statement::Type::Or)
        return from.parts.size() > 1 && to.type == Statement::Type::Relation && !isSolved(from);
    const bool equations =
        from.type == Statement::Type::Relation && from.op == RelationOp::Equal && to.type == Statement::Type::Relation;
    if (!equations || !zero(from.right) || !zero(to.right))
        return false;
    const Expr product = flattened(from.left);
    return product->kind == Kind::Multiply &&
           std::any_of(product->args.begin(), product->args.end(),
                       [&](const Expr& factor) { return sameValue(factor, to.left, budget); });
}

Statement both(const Statement& a, const Statement& b)
{
    return {Statement::Type::And, RelationOp::Equal, {}, {}, {a, b}};
}

} // namespace lemma::tutor
