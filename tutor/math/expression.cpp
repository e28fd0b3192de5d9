#include "tutor/math/expression.h"

#include <algorithm>
#include <utility>

namespace lemma::tutor {
namespace {

// The nodes that bind their second argument.
bool bindsVariable(Kind kind) { return kind == Kind::Sum || kind == Kind::Product || kind == Kind::Limit; }

bool isDefiniteIntegral(const Node& node) { return node.kind == Kind::Integral && node.args.size() == 4; }

void collectFree(const Node& node, std::set<std::string>& names)
{
    if (node.kind == Kind::Symbol) {
        names.insert(node.text);
        return;
    }
    if (!bindsVariable(node.kind) && !isDefiniteIntegral(node)) {
        for (const Expr& arg : node.args)
            collectFree(*arg, names);
        return;
    }
    std::set<std::string> inside;
    collectFree(*node.args[0], inside);
    inside.erase(node.args[1]->text);
    names.merge(inside);
    for (std::size_t i = 2; i < node.args.size(); ++i)
        collectFree(*node.args[i], names);
}

} // namespace

Expr makeNode(Kind kind, std::string text, std::vector<Expr> args, SourceRange range, std::size_t columns)
{
    std::size_t levels = 1;
    for (const Expr& arg : args)
        levels = std::max(levels, arg ? arg->levels + 1 : 1);
    return std::make_shared<const Node>(Node{kind, std::move(text), std::move(args), columns, range, levels});
}

Expr integer(long value)
{
    const Expr digits = makeNode(Kind::Number, std::to_string(value < 0 ? -value : value), {});
    return value < 0 ? negate(digits) : digits;
}

Expr symbol(std::string name) { return makeNode(Kind::Symbol, std::move(name), {}); }
Expr constant(std::string name) { return makeNode(Kind::Constant, std::move(name), {}); }
Expr add(std::vector<Expr> terms) { return makeNode(Kind::Add, "", std::move(terms)); }
Expr negate(Expr a) { return makeNode(Kind::Negate, "", {std::move(a)}); }
Expr subtract(Expr a, Expr b) { return add({std::move(a), negate(std::move(b))}); }
Expr multiply(std::vector<Expr> factors) { return makeNode(Kind::Multiply, "*", std::move(factors)); }
Expr divide(Expr a, Expr b) { return makeNode(Kind::Divide, "frac", {std::move(a), std::move(b)}); }
Expr power(Expr base, Expr exponent) { return makeNode(Kind::Power, "", {std::move(base), std::move(exponent)}); }

Expr function(std::string name, std::vector<Expr> args)
{
    return makeNode(Kind::Function, std::move(name), std::move(args));
}

Expr withArguments(const Node& node, std::vector<Expr> args)
{
    return makeNode(node.kind, node.text, std::move(args), node.range, node.columns);
}

bool sameTree(const Expr& a, const Expr& b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->columns != b->columns || a->args.size() != b->args.size())
        return false;
    // How a product or a quotient is written does not change what it is.
    const bool spelling = a->kind == Kind::Multiply || a->kind == Kind::Divide;
    if (!spelling && a->text != b->text)
        return false;
    return std::equal(a->args.begin(), a->args.end(), b->args.begin(), sameTree);
}

std::set<std::string> freeSymbols(const Expr& expr)
{
    std::set<std::string> names;
    collectFree(*expr, names);
    return names;
}

bool contains(const Expr& expr, Kind kind)
{
    return expr->kind == kind ||
           std::any_of(expr->args.begin(), expr->args.end(), [&](const Expr& arg) { return contains(arg, kind); });
}

bool containsConstant(const Expr& expr, std::string_view name)
{
    return (expr->kind == Kind::Constant && expr->text == name) ||
           std::any_of(expr->args.begin(), expr->args.end(),
                       [&](const Expr& arg) { return containsConstant(arg, name); });
}

Expr substitute(const Expr& expr, const std::string& name, const Expr& value)
{
    if (expr->kind == Kind::Symbol)
        return expr->text == name ? value : expr;
    if (expr->args.empty())
        return expr;
    const bool bound = (bindsVariable(expr->kind) || isDefiniteIntegral(*expr)) && expr->args[1]->text == name;
    std::vector<Expr> args = expr->args;
    bool changed = false;
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (bound && i < 2)
            continue;
        args[i] = substitute(expr->args[i], name, value);
        changed = changed || args[i] != expr->args[i];
    }
    return changed ? withArguments(*expr, std::move(args)) : expr;
}

Expr replacePart(const Expr& expr, const Expr& part, const Expr& by)
{
    if (sameTree(expr, part))
        return by;
    if (expr->args.empty())
        return expr;
    std::vector<Expr> args;
    for (const Expr& arg : expr->args)
        args.push_back(replacePart(arg, part, by));
    return withArguments(*expr, std::move(args));
}

} // namespace lemma::tutor
