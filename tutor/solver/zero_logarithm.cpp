// Logarithms: one of them as a new variable, or a sum of multiples put together in one. What is taken the logarithm of
// must be positive; candidates for which it is not are rejected by substitution.
#include <algorithm>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_value.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/real_value.h"
#include "tutor/solver/zero_search.h"

namespace lemma::tutor {
namespace {

bool isLogarithm(const Expr& e)
{
    if (e->kind != Kind::Function)
        return false;
    return e->text == "ln" || (e->text == "log" && (e->args.size() == 1 || freeSymbols(e->args[1]).empty()));
}

Expr baseOf(const Expr& logarithm)
{
    return logarithm->text == "ln" ? constant("e") : logarithm->args.size() == 2 ? logarithm->args[1] : integer(10);
}

} // namespace

// The equation in u = log(...) alone, then the argument is a power of the base.
bool ZeroSearch::oneLogarithm(const Expr& e, const Expr& atom)
{
    const std::string u = freshName(e);
    const Expr inU = asFraction(simplified(replacePart(e, atom, symbol(u)), m_budget), m_budget).top;
    if (dependsOn(inU, m_variable))
        return false;
    ZeroSearch inner(u, m_budget, m_depth + 1);
    if (!inner.find(inU) || inner.m_identity)
        return false;
    if (inner.m_candidates.size() > 1) {
        write(Action::Substitute, equation(e, integer(0)),
              makeNode(Kind::List, ",", {equation(inU, integer(0)), equation(symbol(u), atom)}));
        m_steps.insert(m_steps.end(), inner.m_steps.begin(), inner.m_steps.end());
    }
    return std::all_of(inner.m_candidates.begin(), inner.m_candidates.end(), [&](const Expr& value) {
        write(Action::IsolateLogarithm, equation(e, integer(0)), equation(atom, value));
        return follow(Action::Exponentiate, equation(atom, value),
                      equation(atom->args[0], simplified(power(baseOf(atom), value), m_budget)));
    });
}

bool ZeroSearch::logarithm(const Expr& e, bool& fits)
{
    const std::vector<Expr> atoms = atomsOf(e, isLogarithm);
    if (atoms.empty())
        return false;
    fits = true;
    if (atoms.size() == 1)
        return oneLogarithm(e, atoms[0]);
    // c_1 log u_1 + c_2 log u_2 + ... + c = 0, with whole multiples of logarithms to one base.
    const Expr base = baseOf(atoms[0]);
    const Expr flat = expanded(e, m_budget);
    std::vector<Expr> over, under, rest;
    Rational scale(1);
    struct Part {
        Rational coefficient;
        Expr argument;
    };
    std::vector<Part> parts;
    for (const Expr& term : flat->kind == Kind::Add ? flat->args : std::vector<Expr>{flat}) {
        if (!dependsOn(term, m_variable)) {
            rest.push_back(term);
            continue;
        }
        const auto atom = std::find_if(atoms.begin(), atoms.end(), [&](const Expr& one) {
            return dependsOn(term, m_variable) && !dependsOn(replacePart(term, one, integer(1)), m_variable);
        });
        if (atom == atoms.end())
            return false;
        // log_4 u is half of log_2 u.
        const Expr change = logarithmOf(baseOf(*atom), base, m_budget);
        const auto coefficient =
            writtenNumber(simplified(divide(replacePart(term, *atom, integer(1)), change), m_budget));
        if (!coefficient || coefficient->bits() > 16)
            return false;
        parts.push_back({*coefficient, (*atom)->args[0]});
        fmpz_lcm(fmpq_numref(scale.get()), fmpq_numref(scale.get()), fmpq_denref(coefficient->get()));
    }
    for (const Part& part : parts) {
        Rational times;
        fmpq_mul(times.get(), part.coefficient.get(), scale.get());
        const bool negative = times.sign() < 0;
        fmpq_abs(times.get(), times.get());
        (negative ? under : over).push_back(power(part.argument, rationalExpr(times)));
    }
    const Expr right =
        rest.empty() ? integer(0) : simplified(negate(multiply({rationalExpr(scale), add(rest)})), m_budget);
    const auto product = [&](const std::vector<Expr>& factors) {
        return factors.empty() ? integer(1) : simplified(multiply(factors), m_budget);
    };
    const Expr quotient = under.empty() ? product(over) : divide(product(over), product(under));
    const Expr logarithm = function(atoms[0]->text, {quotient});
    const Expr together = atoms[0]->args.size() == 2 ? function("log", {quotient, base}) : logarithm;
    write(Action::CombineLogarithms, equation(e, integer(0)), equation(together, right));
    const Expr value = simplified(power(base, right), m_budget);
    return follow(Action::Exponentiate, equation(together, right),
                  equation(product(over), simplified(multiply({value, product(under)}), m_budget)));
}

} // namespace lemma::tutor
