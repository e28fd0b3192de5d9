#include "tutor/checker/order.h"

#include <algorithm>
#include <utility>

#include "tutor/math/print.h"

namespace lemma::tutor {
namespace {

bool binds(Kind kind)
{
    return kind == Kind::Sum || kind == Kind::Product || kind == Kind::Limit || kind == Kind::Integral;
}

void flatten(const Expr& e, Kind kind, std::vector<Expr>& parts)
{
    if (e->kind != kind) {
        parts.push_back(e);
        return;
    }
    for (const Expr& arg : e->args)
        flatten(arg, kind, parts);
}

Expr withBoundName(const Expr& e, int depth)
{
    const bool indefinite = e->kind == Kind::Integral && e->args.size() == 2;
    if (!binds(e->kind) || indefinite || e->args[1]->kind != Kind::Symbol)
        return e;
    const std::string old = e->args[1]->text;
    const Expr fresh = symbol("#" + std::to_string(depth)); // no name that can be written
    std::vector<Expr> args = e->args;
    args[0] = substitute(args[0], old, fresh);
    args[1] = fresh;
    return withArguments(*e, std::move(args));
}

Expr sorted(const Expr& original, int depth)
{
    const Expr e = withBoundName(original, depth);
    const bool commutes = e->kind == Kind::Add || (e->kind == Kind::Multiply && !contains(e, Kind::Matrix));
    std::vector<Expr> args;
    if (commutes)
        flatten(e, e->kind, args);
    else
        args = e->args;
    for (Expr& arg : args)
        arg = sorted(arg, depth + 1);
    if (commutes) {
        std::vector<std::pair<std::string, Expr>> keyed;
        keyed.reserve(args.size());
        for (Expr& arg : args)
            keyed.emplace_back(toTreeText(arg), std::move(arg));
        std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        args.clear();
        for (auto& [key, arg] : keyed)
            args.push_back(std::move(arg));
    }
    const bool spelt = e->kind == Kind::Multiply || e->kind == Kind::Divide;
    return args.empty() ? e : makeNode(e->kind, spelt ? "" : e->text, std::move(args), {}, e->columns);
}

} // namespace

Expr inOrder(const Expr& e) { return sorted(e, 0); }

Expr renamed(const Expr& e, const std::vector<std::pair<std::string, std::string>>& names)
{
    Expr result = e;
    for (const auto& [from, to] : names) // in two steps, so that names can change places
        result = substitute(result, from, symbol("#" + to));
    for (const auto& [from, to] : names)
        result = substitute(result, "#" + to, symbol(to));
    return result;
}

} // namespace lemma::tutor
