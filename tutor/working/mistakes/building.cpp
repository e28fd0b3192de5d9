#include "tutor/working/mistakes/rules.h"

namespace lemma::tutor::mistakes {

bool isNumber(const Expr& e)
{
    return e->kind == Kind::Number || (e->kind == Kind::Negate && e->args[0]->kind == Kind::Number);
}

bool isNumeral(const Expr& e, long value)
{
    return value < 0 ? e->kind == Kind::Negate && isNumeral(e->args[0], -value)
                     : e->kind == Kind::Number && e->text == std::to_string(value);
}

std::vector<Expr> termsOf(const Expr& e) { return e->kind == Kind::Add ? e->args : std::vector{e}; }

std::vector<Expr> factorsOf(const Expr& e) { return e->kind == Kind::Multiply ? e->args : std::vector{e}; }

Expr sumOf(std::vector<Expr> terms)
{
    return terms.empty() ? integer(0) : terms.size() == 1 ? terms[0] : add(std::move(terms));
}

Expr productOf(std::vector<Expr> factors)
{
    return factors.empty() ? integer(1) : factors.size() == 1 ? factors[0] : multiply(std::move(factors));
}

Expr negated(const Expr& e) { return e->kind == Kind::Negate ? e->args[0] : negate(e); }

Expr relationOf(const Expr& like, Expr left, Expr right)
{
    return makeNode(Kind::Relation, like->text, {std::move(left), std::move(right)});
}

std::vector<Expr> without(const std::vector<Expr>& list, std::size_t index)
{
    std::vector<Expr> rest = list;
    rest.erase(rest.begin() + static_cast<long>(index));
    return rest;
}

} // namespace lemma::tutor::mistakes
