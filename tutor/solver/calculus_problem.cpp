#include "tutor/solver/calculus_problem.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tutor/calculus/integral.h"
#include "tutor/calculus/limit.h"
#include "tutor/calculus/notation.h"
#include "tutor/calculus/running.h"
#include "tutor/calculus/simplify.h"

namespace lemma::tutor {
namespace {

using Outcome = tl::expected<Derivation, std::string>;

Solution solutionOf(ProblemKind kind, Outcome&& outcome)
{
    if (!outcome)
        return unknownSolution(kind, outcome.error());
    Solution solution;
    solution.kind = kind;
    solution.steps = std::move(outcome->steps);
    if (outcome->value) {
        solution.solutions = {outcome->value};
        solution.set = makeNode(Kind::Set, "", solution.solutions);
    } else {
        solution.set = constant("emptyset"); // a limit whose sides differ
    }
    solution.solved = true;
    return solution;
}

// The antiderivative with its constant.
Outcome indefinite(const Expr& integral, const Budget& budget)
{
    auto outcome = integrate(integral->args[0], integral->args[1]->text, budget);
    if (!outcome)
        return outcome;
    std::vector<Expr> terms =
        outcome->value->kind == Kind::Add ? outcome->value->args : std::vector<Expr>{outcome->value};
    terms.push_back(symbol(dependsOn(integral->args[0], "C") ? "K" : "C"));
    outcome->value = add(std::move(terms));
    return outcome;
}

// f(x) = body with one letter as the argument.
bool isDefinition(const Expr& e)
{
    return e->kind == Kind::Relation && e->text == "=" && e->args[0]->kind == Kind::Apply &&
           e->args[0]->args.size() == 1 && e->args[0]->args[0]->kind == Kind::Symbol &&
           e->args[0]->text.find('\'') == std::string::npos;
}

struct Definition {
    std::string variable;
    Expr body;
};

// f'(2) is the derivative of the body, at 2. Null where a derivative is not known.
Expr inserted(const Expr& e, const std::map<std::string, Definition>& known, const Budget& budget)
{
    std::vector<Expr> args;
    for (const Expr& arg : e->args) {
        args.push_back(inserted(arg, known, budget));
        if (!args.back())
            return nullptr;
    }
    const Expr inside = args.empty() ? e : withArguments(*e, std::move(args));
    if (e->kind != Kind::Apply || e->args.size() != 1)
        return inside;
    const std::size_t primes = e->text.find('\'');
    const auto found = known.find(e->text.substr(0, primes));
    if (found == known.end())
        return inside;
    Expr body = found->second.body;
    for (std::size_t i = primes; i < e->text.size(); ++i) {
        const auto derivation = differentiate(body, found->second.variable, budget);
        if (!derivation)
            return nullptr;
        body = derivation->value;
    }
    return substitute(body, found->second.variable, inside->args[0]);
}

} // namespace

Expr withDefinitions(const Expr& list, const Budget& budget)
{
    if (list->kind != Kind::List || list->args.size() < 2)
        return nullptr;
    std::map<std::string, Definition> known;
    for (std::size_t i = 0; i + 1 < list->args.size(); ++i) {
        const Expr& part = list->args[i];
        if (!isDefinition(part))
            return nullptr;
        const Expr body = inserted(part->args[1], known, budget); // earlier functions may be used
        if (!body || known.contains(part->args[0]->text))
            return nullptr;
        known[part->args[0]->text] = {part->args[0]->args[0]->text, body};
    }
    const Expr question = inserted(list->args.back(), known, budget);
    return question && !contains(question, Kind::Apply) ? question : nullptr;
}

std::optional<Solution> solveCalculusProblem(const Expr& problem, const Budget& budget)
{
    switch (problem->kind) {
    case Kind::Derivative: return solutionOf(ProblemKind::Derivative, differentiateNotation(problem, budget));
    case Kind::Integral:
        return solutionOf(ProblemKind::Integral,
                          problem->args.size() == 4 ? integrateBetween(problem, budget) : indefinite(problem, budget));
    case Kind::Limit: return solutionOf(ProblemKind::Limit, limitOf(problem, budget));
    case Kind::Sum:
    case Kind::Product: return solutionOf(ProblemKind::Sum, addUp(problem, budget));
    default: break;
    }
    const Expr question = withDefinitions(problem, budget);
    if (!question || question->kind == Kind::Relation)
        return std::nullopt;
    Derivation result{simplified(question, budget), {}};
    const Expr& asked = problem->args.back();
    const Expr& definition = problem->args[0];
    // f'(2): the derivative is shown with its rules before the point is put in.
    if (problem->args.size() == 2 && asked->kind == Kind::Apply && asked->text == definition->args[0]->text + "'") {
        const auto derivation = differentiate(definition->args[1], definition->args[0]->args[0]->text, budget);
        if (derivation)
            result.steps = derivation->steps;
    }
    result.steps.push_back({Action::InsertPoint, asked, result.value});
    return solutionOf(ProblemKind::Derivative, std::move(result));
}

} // namespace lemma::tutor
