#include "tutor/solver/solve.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tutor/math/exact_memory.h"
#include "tutor/math/rational_function.h"
#include "tutor/solver/calculus_problem.h"
#include "tutor/solver/counting.h"
#include "tutor/solver/elementary_equation.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/inequality.h"
#include "tutor/solver/linear_system.h"
#include "tutor/solver/matrix_problem.h"
#include "tutor/solver/number_theory.h"
#include "tutor/solver/trig_equation.h"

namespace lemma::tutor {
namespace {

bool isEquation(const Expr& expr) { return expr->kind == Kind::Relation && expr->text == "="; }

bool isInequality(const Expr& expr)
{
    static constexpr std::string_view signs = "<>lg!";
    return expr->kind == Kind::Relation && expr->text.size() == 1 &&
           signs.find(expr->text[0]) != std::string_view::npos;
}

// An equation or inequality among conditions that say where the unknown lies: "sin x = 1/2, 0 <= x < 2 pi".
struct Conditioned {
    Expr problem;
    Interval within;
};

std::optional<Conditioned> withCondition(const Expr& list, const std::string& variable)
{
    if (list->kind != Kind::List || list->args.size() != 2 || list->text == "or" || variable.empty())
        return std::nullopt;
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}})
        if (auto interval = intervalOf(list->args[1 - i], variable); interval && isEquation(list->args[i]))
            return Conditioned{list->args[i], std::move(*interval)};
    return std::nullopt;
}

// Single solutions that lie in the interval.
Solution selected(Solution solution, const std::string& variable, const Interval& within, const Budget& budget)
{
    if (!solution.solved || (solution.set->kind != Kind::Set && solution.set->text != "emptyset"))
        return solution.solved ? unknownSolution(solution.kind, "the solutions are no single values") : solution;
    std::vector<Expr> kept;
    for (const Expr& value : solution.solutions) {
        const Truth inside = liesIn(value, within, budget);
        if (inside == Truth::Unknown)
            return unknownSolution(solution.kind, "a solution could not be compared with the ends of the interval");
        if (inside == Truth::Yes)
            kept.push_back(value);
    }
    const Expr before = makeNode(Kind::Relation, "e", {symbol(variable), solution.set});
    solution.set = kept.empty() ? constant("emptyset") : makeNode(Kind::Set, "", kept);
    solution.solutions = std::move(kept);
    solution.steps.push_back(
        {Action::SelectInInterval, before, makeNode(Kind::Relation, "e", {symbol(variable), solution.set})});
    return solution;
}

Solution solveOneEquation(const Expr& relation, const std::string& variable, const SolveOptions& options,
                          const Interval* within, const Budget& budget)
{
    if (isTrigonometric(relation, variable) && options.domain == Domain::Real)
        return solveTrigEquation(relation, variable, within, budget);
    const bool rational =
        readRationalFunction(relation->args[0], variable) && readRationalFunction(relation->args[1], variable);
    Solution solution = rational || options.domain == Domain::Complex
                            ? solveEquation(relation, variable, options, budget)
                            : solveElementaryEquation(relation, variable, budget);
    return within == nullptr ? solution : selected(std::move(solution), variable, *within, budget);
}

// The only unknown, or x among several; empty: not clear which.
std::string unknownOf(const Expr& problem, const SolveOptions& options)
{
    if (!options.variable.empty())
        return options.variable;
    const std::set<std::string> names = freeSymbols(problem);
    return names.size() == 1 ? *names.begin() : names.contains("x") || names.empty() ? "x" : "";
}

} // namespace

std::string_view problemKindName(ProblemKind kind)
{
    static constexpr std::array<std::string_view, 20> names = {
        "other",    "linear",  "quadratic",   "polynomial",  "rational",       "inequality",    "linear-system",
        "number",   "radical", "exponential", "logarithmic", "absolute-value", "trigonometric", "derivative",
        "integral", "limit",   "sum",         "matrix",      "counting",       "statistics"};
    return names[static_cast<std::size_t>(kind)];
}

Solution unknownSolution(ProblemKind kind, std::string reason)
{
    Solution solution;
    solution.kind = kind;
    solution.reason = std::move(reason);
    return solution;
}

Solution unreadable(ProblemKind kind, const ParseError& error)
{
    Solution solution = unknownSolution(kind, "not readable: " + error.message);
    solution.readable = false;
    return solution;
}

Solution solve(const Expr& problem, const SolveOptions& options, const Budget& budget)
{
    releaseExactMemoryAtThreadEnd();
    if (budget.spent())
        return unknownSolution(ProblemKind::Other, "there was no time for it");
    if (auto number = solveNumberProblem(problem, budget))
        return std::move(*number);
    const bool several = problem->kind == Kind::List && problem->text != "or" && !contains(problem, Kind::Apply) &&
                         std::all_of(problem->args.begin(), problem->args.end(), isEquation);
    if (several)
        return solveLinearSystem(problem->args, budget);
    if (auto calculus = solveCalculusProblem(problem, budget))
        return std::move(*calculus);
    if (auto matrix = solveMatrixProblem(problem, budget))
        return std::move(*matrix);
    if (auto constant = solveConstant(problem, budget))
        return std::move(*constant);
    if (const Expr question = withDefinitions(problem, budget))
        return solve(question, options, budget);
    const std::string variable = unknownOf(problem, options);
    if (const auto conditioned = withCondition(problem, variable))
        return solveOneEquation(conditioned->problem, variable, options, &conditioned->within, budget);
    if (variable.empty())
        return unknownSolution(ProblemKind::Other, "there are several unknowns: name one");
    if (isEquation(problem))
        return solveOneEquation(problem, variable, options, nullptr, budget);
    if (isInequality(problem) && options.domain == Domain::Real) {
        Solution solution = solveInequality(problem, variable, budget);
        return solution.kind == ProblemKind::Other ? solveElementaryInequality(problem, variable, budget) : solution;
    }
    return unknownSolution(ProblemKind::Other, "this family of problems is not known here");
}

} // namespace lemma::tutor
