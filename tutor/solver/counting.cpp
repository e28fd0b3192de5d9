#include "tutor/solver/counting.h"

#include <algorithm>
#include <utility>

#include "tutor/calculus/simplify.h"
#include "tutor/math/exact_value.h"
#include "tutor/math/rational_value.h"
#include "tutor/solver/real_value.h"

namespace lemma::tutor {
namespace {

std::optional<long> smallWhole(const Expr& e, const Budget& budget)
{
    const auto value = rationalValue(e, {}, budget);
    if (!value || !value->isInteger() || value->sign() < 0 || value->bits() > 20)
        return std::nullopt;
    return fmpz_get_si(fmpq_numref(value->get()));
}

bool isCall(const Expr& e, const char* name) { return e->kind == Kind::Function && e->text == name; }

// P(5, 2) as 5!/3!, C(5, 2) as a binomial coefficient, wherever they stand.
Expr withChoices(const Expr& e)
{
    if (e->kind == Kind::Multiply && e->args.size() == 2 && e->args[0]->kind == Kind::Symbol &&
        (e->args[0]->text == "C" || e->args[0]->text == "P") && e->args[1]->kind == Kind::Bracket &&
        e->args[1]->args.size() == 2) {
        const Expr &n = e->args[1]->args[0], &k = e->args[1]->args[1];
        return e->args[0]->text == "C" ? function("binomial", {n, k})
                                       : divide(function("factorial", {n}), function("factorial", {subtract(n, k)}));
    }
    if (e->args.empty())
        return e;
    std::vector<Expr> args;
    for (const Expr& arg : e->args)
        args.push_back(withChoices(arg));
    return withArguments(*e, std::move(args));
}

// 5! = 5 * 4 * 3 * 2 * 1; a binomial coefficient as a fraction of products. Null where it is too long to write.
Expr writtenOut(const Expr& e, const Budget& budget)
{
    const auto falling = [](long from, long count) {
        std::vector<Expr> factors;
        for (long i = 0; i < count; ++i)
            factors.push_back(integer(from - i));
        return factors.empty() ? integer(1) : factors.size() == 1 ? factors[0] : multiply(std::move(factors));
    };
    constexpr long longest = 12;
    const auto n = smallWhole(e->args[0], budget);
    if (!n)
        return nullptr;
    if (isCall(e, "factorial"))
        return *n <= longest && *n > 1 ? falling(*n, *n) : nullptr;
    const auto k = smallWhole(e->args[1], budget);
    if (!k || *k > *n)
        return nullptr;
    const long less = std::min(*k, *n - *k);
    return less > 0 && less <= longest ? divide(falling(*n, less), falling(less, less)) : nullptr;
}

bool counts(const Expr& e)
{
    return isCall(e, "factorial") || isCall(e, "binomial") || std::any_of(e->args.begin(), e->args.end(), counts);
}

// A constant that may be computed with: no relation, set or word in it.
bool isConstant(const Expr& e)
{
    switch (e->kind) {
    case Kind::Number: return true;
    case Kind::Constant: return e->text == "pi" || e->text == "e" || e->text == "i";
    case Kind::Add:
    case Kind::Negate:
    case Kind::Multiply:
    case Kind::Divide:
    case Kind::Mixed:
    case Kind::Power:
    case Kind::Root:
    case Kind::Percent:
    case Kind::Function: return std::all_of(e->args.begin(), e->args.end(), isConstant);
    default: return false;
    }
}

} // namespace

std::optional<Solution> solveConstant(const Expr& problem, const Budget& budget)
{
    const Expr chosen = withChoices(problem);
    if (!isConstant(chosen))
        return std::nullopt;
    Solution solution;
    solution.kind = counts(chosen) ? ProblemKind::Counting : ProblemKind::Number;
    const auto exact = rationalValue(chosen, {}, budget);
    const Expr value = exact ? rationalExpr(*exact) : simplified(chosen, budget);
    if (!exact && exactlyZero(subtract(chosen, value), budget) != Truth::Yes)
        return unknownSolution(solution.kind, "the value could not be checked");
    if (!exact && !containsConstant(chosen, "i") && hasRealValue(chosen, budget) != Truth::Yes)
        return unknownSolution(solution.kind, "it has no real value");
    if (!sameTree(chosen, problem))
        solution.steps.push_back({Action::Rewrite, problem, chosen});
    if (isCall(chosen, "factorial") || isCall(chosen, "binomial"))
        if (const Expr line = writtenOut(chosen, budget))
            solution.steps.push_back({Action::WriteOut, chosen, line});
    solution.steps.push_back({Action::Compute, chosen, value});
    solution.solutions = {value};
    solution.set = makeNode(Kind::Set, "", {value});
    solution.solved = true;
    return solution;
}

} // namespace lemma::tutor
