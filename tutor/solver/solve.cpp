#include "tutor/solver/solve.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tutor/math/exact_memory.h"
#include "tutor/math/parser.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/inequality.h"
#include "tutor/solver/linear_system.h"
#include "tutor/solver/number_theory.h"

namespace lemma::tutor {
namespace {

bool isEquation(const Expr& expr) { return expr->kind == Kind::Relation && expr->text == "="; }

bool isInequality(const Expr& expr)
{
    static constexpr std::string_view signs = "<>lg!";
    return expr->kind == Kind::Relation && expr->text.size() == 1 &&
           signs.find(expr->text[0]) != std::string_view::npos;
}

// The only unknown, or x among several; empty: not clear which.
std::string unknownOf(const Expr& problem, const SolveOptions& options)
{
    if (!options.variable.empty())
        return options.variable;
    const std::set<std::string> names = freeSymbols(problem);
    return names.size() == 1 ? *names.begin() : names.contains("x") || names.empty() ? "x" : "";
}

std::string_view trimmed(std::string_view text)
{
    static constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    text = text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
    if (text.ends_with('.'))
        text.remove_suffix(1);
    for (const std::string_view word : {"solve ", "Solve "})
        if (text.starts_with(word))
            return text.substr(word.size());
    return text;
}

} // namespace

std::string_view problemKindName(ProblemKind kind)
{
    static constexpr std::array<std::string_view, 8> names = {"other",    "linear",     "quadratic",     "polynomial",
                                                              "rational", "inequality", "linear-system", "number"};
    return names[static_cast<std::size_t>(kind)];
}

Solution unknownSolution(ProblemKind kind, std::string reason)
{
    Solution solution;
    solution.kind = kind;
    solution.reason = std::move(reason);
    return solution;
}

Solution solve(const Expr& problem, const SolveOptions& options, const Budget& budget)
{
    releaseExactMemoryAtThreadEnd();
    if (budget.spent())
        return unknownSolution(ProblemKind::Other, "there was no time for it");
    if (auto number = solveNumberProblem(problem, budget))
        return std::move(*number);
    const bool several = problem->kind == Kind::List && problem->text != "or" &&
                         std::all_of(problem->args.begin(), problem->args.end(), isEquation);
    if (several)
        return solveLinearSystem(problem->args, budget);
    const std::string variable = unknownOf(problem, options);
    if (variable.empty())
        return unknownSolution(ProblemKind::Other, "there are several unknowns: name one");
    if (isEquation(problem))
        return solveEquation(problem, variable, options, budget);
    if (isInequality(problem) && options.domain == Domain::Real)
        return solveInequality(problem, variable, budget);
    return unknownSolution(ProblemKind::Other, "this family of problems is not known here");
}

Solution solveText(std::string_view text, const SolveOptions& options, const Budget& budget)
{
    const ParseResult problem = parseMath(trimmed(text));
    if (!problem) {
        Solution unread = unknownSolution(ProblemKind::Other, "not readable: " + problem.error().message);
        unread.readable = false;
        return unread;
    }
    return solve(*problem, options, budget);
}

} // namespace lemma::tutor
