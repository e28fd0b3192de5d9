#include "tutor/working/solution_points.h"

#include <array>

#include "tutor/math/rational_value.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/linear_system.h"

namespace lemma::tutor {
namespace {

using Type = Statement::Type;

std::optional<Rational> valueAt(const Expr& expr, const Assignment& at, const Budget& budget)
{
    return rationalValue(substituted(expr, at), {}, budget);
}

// v = -f(0)/(f(1) - f(0)) where f is linear in v; whether it is, the caller finds out by checking the solution.
std::optional<Expr> solvedFor(const Expr& f, const std::string& v, const Assignment& others, const Budget& budget)
{
    const Expr g = substituted(f, others);
    const auto zero = valueAt(g, {{v, integer(0)}}, budget), one = valueAt(g, {{v, integer(1)}}, budget);
    if (!zero || !one)
        return std::nullopt;
    Rational slope, root;
    fmpq_sub(slope.get(), one->get(), zero->get());
    if (fmpq_is_zero(slope.get()) != 0)
        return std::nullopt;
    fmpq_div(root.get(), zero->get(), slope.get());
    fmpq_neg(root.get(), root.get());
    return rationalExpr(root);
}

} // namespace

std::optional<Assignment> linearSolution(const Statement& statement, const Budget& budget)
{
    const std::set<std::string> names = variablesOf(statement);
    std::vector<Expr> equations;
    for (const Statement* one : relationsOf(statement)) {
        if (one->op != RelationOp::Equal)
            return std::nullopt;
        equations.push_back(equation(one->left, one->right));
    }
    if (statement.type == Type::Or || names.empty() || equations.size() < names.size())
        return std::nullopt;
    const Solution solved = solveLinearSystem(equations, budget);
    Assignment solution;
    for (const Expr& one : solved.solutions)
        if (one->kind == Kind::Relation && one->args[0]->kind == Kind::Symbol && freeSymbols(one->args[1]).empty())
            solution[one->args[0]->text] = one->args[1];
    const bool unique = solved.solved && solution.size() == names.size();
    return unique && holdsAt(statement, solution, budget) == Truth::Yes ? std::optional(solution) : std::nullopt;
}

std::vector<Assignment> solutionPoints(const Statement& statement, const std::set<std::string>& names,
                                       const Budget& budget)
{
    static constexpr std::array<long, 7> small = {2, 3, 1, 5, -1, 4, -2};
    std::vector<Assignment> found;
    const auto keep = [&](const Assignment& candidate) {
        if (holdsAt(statement, candidate, budget) == Truth::Yes)
            found.push_back(candidate);
    };
    const auto choose = [&](std::size_t attempt) {
        Assignment values;
        std::size_t k = attempt;
        for (const std::string& name : names)
            values[name] = integer(small[(k += attempt + 1) % small.size()]);
        return values;
    };
    if (const auto unique = linearSolution(statement, budget)) {
        Assignment values = choose(0);
        for (const auto& [name, value] : *unique)
            values[name] = value;
        keep(values);
    }
    for (const Statement* relation : relationsOf(statement)) {
        const Expr f = subtract(relation->left, relation->right);
        for (const std::string& name : freeSymbols(f))
            for (std::size_t attempt = 0; attempt < 4 && !budget.spent(); ++attempt) {
                Assignment values = choose(attempt);
                values.erase(name);
                if (const auto root = solvedFor(f, name, values, budget)) {
                    values[name] = *root;
                    keep(values);
                }
            }
    }
    return found;
}

} // namespace lemma::tutor
