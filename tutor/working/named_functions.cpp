#include "tutor/working/named_functions.h"

#include <algorithm>

#include "tutor/calculus/derivative.h"

namespace lemma::tutor {
namespace {

bool isPair(const Expr& e, std::string_view first)
{
    return e->kind == Kind::Multiply && e->args.size() == 2 && e->args[0]->kind == Kind::Symbol &&
           e->args[0]->text == first && e->args[1]->kind == Kind::Symbol;
}

// "f" of f'(x), "y" of y', of dy/dx and of d/dx y.
std::optional<std::string> nameUnderPrime(const Expr& e)
{
    const bool primed = (e->kind == Kind::Symbol ||
                         (e->kind == Kind::Apply && e->args.size() == 1 && e->args[0]->kind == Kind::Symbol)) &&
                        e->text.size() > 1 && e->text.back() == '\'';
    if (primed)
        return e->text.substr(0, e->text.size() - 1);
    if (e->kind == Kind::Divide && isPair(e->args[0], "d") && isPair(e->args[1], "d"))
        return e->args[0]->args[1]->text;
    if (e->kind == Kind::Derivative && e->args[0]->kind == Kind::Symbol && e->args.size() == 3 &&
        e->args[2]->kind == Kind::Number && e->args[2]->text == "1")
        return e->args[0]->text;
    return std::nullopt;
}

} // namespace

void NamedFunctions::remember(const Expr& line)
{
    if (!line || line->kind != Kind::Relation || line->text.find_first_not_of('=') != std::string::npos)
        return;
    const Expr &name = line->args[0], &body = line->args.back();
    if (const auto primed = nameUnderPrime(name)) {
        if (const auto known = m_functions.find(*primed); known != m_functions.end())
            m_functions[*primed + "'"] = {known->second.variable, body};
        return;
    }
    const std::set<std::string> names = freeSymbols(body);
    if (name->kind == Kind::Apply && name->args.size() == 1 && name->args[0]->kind == Kind::Symbol)
        m_functions[name->text] = {name->args[0]->text, body};
    else if (name->kind == Kind::Symbol && names.size() == 1 && !names.contains(name->text))
        m_functions[name->text] = {*names.begin(), body};
}

Expr NamedFunctions::expanded(const Expr& expr) const
{
    if (!contains(expr, Kind::Apply))
        return expr;
    std::vector<Expr> args;
    for (const Expr& arg : expr->args)
        args.push_back(expanded(arg));
    if (expr->kind == Kind::Apply && args.size() == 1)
        if (const auto known = m_functions.find(expr->text); known != m_functions.end())
            return substitute(known->second.body, known->second.variable, args[0]);
    return args.empty() ? expr : withArguments(*expr, std::move(args));
}

std::optional<DerivativeLine> NamedFunctions::derivativeLine(const Expr& line) const
{
    if (!line || line->kind != Kind::Relation || line->text.find_first_not_of('=') != std::string::npos)
        return std::nullopt;
    DerivativeLine result;
    result.to.assign(line->args.begin() + 1, line->args.end());
    if (const auto name = nameUnderPrime(line->args[0])) {
        const auto again = m_functions.find(*name + "'"), known = m_functions.find(*name);
        if (again != m_functions.end())
            result.from = again->second.body;
        else if (known != m_functions.end())
            result.from = derivativeOf(known->second.body, known->second.variable);
    } else if (line->args[0]->kind == Kind::Derivative) {
        result.from = line->args[0];
    }
    return result.from ? std::optional(result) : std::nullopt;
}

} // namespace lemma::tutor
