#include "tutor/working/system_steps.h"

#include "tutor/calculus/simplify.h"
#include "tutor/solver/equation.h"

namespace lemma::tutor {
namespace {

constexpr std::size_t linesLookedAt = 4;

bool isEquation(const Statement* one) { return one->op == RelationOp::Equal; }

// b with the variable replaced that a is solved for.
void substituteInto(const Statement& a, const Statement& b, std::vector<Expr>& results)
{
    for (const auto& [name, value] : {std::pair(a.left, a.right), {a.right, a.left}})
        if (name->kind == Kind::Symbol && !freeSymbols(value).contains(name->text) &&
            (freeSymbols(b.left).contains(name->text) || freeSymbols(b.right).contains(name->text)))
            results.push_back(equation(substitute(b.left, name->text, value), substitute(b.right, name->text, value)));
}

} // namespace

std::vector<Expr> systemSteps(const std::vector<Statement>& system, const Budget& budget)
{
    std::vector<const Statement*> lines;
    for (auto line = system.rbegin(); line != system.rend(); ++line)
        for (const Statement* one : relationsOf(*line))
            if (isEquation(one) && lines.size() < linesLookedAt)
                lines.push_back(one);
    std::vector<Expr> results;
    for (const Statement* line : lines)
        results.push_back(equation(line->left, line->right));
    for (const Statement* a : lines)
        for (const Statement* b : lines) {
            if (a == b || budget.spent())
                continue;
            substituteInto(*a, *b, results);
            const auto give = [&](const Expr& left, const Expr& right) { // an unknown that cancels is gone
                results.push_back(equation(simplified(left, budget), simplified(right, budget)));
            };
            give(subtract(a->left, b->left), subtract(a->right, b->right));
            if (a < b)
                give(add({a->left, b->left}), add({a->right, b->right}));
        }
    return results;
}

} // namespace lemma::tutor
