#include "tutor/calculus/notation.h"

#include <utility>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/integral.h"
#include "tutor/calculus/limit.h"
#include "tutor/calculus/running.h"

namespace lemma::tutor {

Expr carriedOut(const Expr& expr, const Budget& budget)
{
    if (expr->args.empty() || budget.spent())
        return expr;
    std::vector<Expr> args;
    bool changed = false;
    for (const Expr& arg : expr->args) {
        args.push_back(carriedOut(arg, budget));
        changed = changed || args.back() != arg;
    }
    const Expr inside = changed ? withArguments(*expr, std::move(args)) : expr;
    if (inside->kind == Kind::Derivative)
        return differentiateNotation(inside, budget).value_or(Derivation{inside, {}}).value;
    if (inside->kind == Kind::Integral && inside->args.size() == 4)
        return integrateBetween(inside, budget).value_or(Derivation{inside, {}}).value;
    if (inside->kind == Kind::Sum || inside->kind == Kind::Product)
        return addUp(inside, budget).value_or(Derivation{inside, {}}).value;
    if (inside->kind == Kind::Limit) {
        const auto limit = limitOf(inside, budget);
        return limit && limit->value ? limit->value : inside;
    }
    return inside;
}

} // namespace lemma::tutor
