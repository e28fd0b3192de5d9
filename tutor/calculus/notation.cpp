#include "tutor/calculus/notation.h"

#include <utility>

#include "tutor/calculus/derivative.h"

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
    if (inside->kind != Kind::Derivative)
        return inside;
    const auto derivation = differentiateNotation(inside, budget);
    return derivation ? derivation->value : inside;
}

} // namespace lemma::tutor
