#include "tutor/solver/zero_search.h"

#include <algorithm>
#include <utility>

#include "tutor/calculus/derivative.h"
#include "tutor/calculus/simplify.h"
#include "tutor/math/rational_function.h"
#include "tutor/math/roots.h"
#include "tutor/solver/equation.h"
#include "tutor/solver/real_value.h"

namespace lemma::tutor {
namespace {

constexpr int deepest = 8;

bool isAbsolute(const Expr& e) { return e->kind == Kind::Function && e->text == "abs"; }

void collectAtoms(const Expr& e, const std::string& variable, bool (*fits)(const Expr&), std::vector<Expr>& atoms)
{
    const bool known = std::any_of(atoms.begin(), atoms.end(), [&](const Expr& atom) { return sameTree(atom, e); });
    if (fits(e) && !known && dependsOn(e, variable))
        atoms.push_back(e);
    for (const Expr& arg : e->args)
        collectAtoms(arg, variable, fits, atoms);
}

// The exponent of a letter in a product, and the rest; false where the letter stands elsewhere.
bool splitPower(const Expr& term, const std::string& letter, long& exponent, const Budget& budget, Expr& rest)
{
    const Expr one = substitute(term, letter, integer(1));
    exponent = 0;
    const auto count = [&](const auto& self, const Expr& e) -> bool {
        if (!dependsOn(e, letter))
            return true;
        if (e->kind == Kind::Symbol) {
            ++exponent;
            return true;
        }
        if (e->kind == Kind::Negate)
            return self(self, e->args[0]);
        if (e->kind == Kind::Divide)
            return !dependsOn(e->args[1], letter) && self(self, e->args[0]);
        if (e->kind == Kind::Multiply)
            return std::all_of(e->args.begin(), e->args.end(), [&](const Expr& arg) { return self(self, arg); });
        const bool powered = e->kind == Kind::Power && e->args[0]->kind == Kind::Symbol;
        const auto n = powered ? writtenNumber(e->args[1]) : std::nullopt;
        if (!n || !n->isInteger() || n->sign() < 0 || n->bits() > 10)
            return false;
        exponent += fmpz_get_si(fmpq_numref(n->get()));
        return true;
    };
    rest = simplified(one, budget);
    return count(count, term);
}

} // namespace

std::vector<Expr> coefficientsIn(const Expr& e, const std::string& letter, const Budget& budget)
{
    const Expr flat = expanded(e, budget);
    std::vector<std::vector<Expr>> terms;
    for (const Expr& term : flat->kind == Kind::Add ? flat->args : std::vector<Expr>{flat}) {
        long exponent = 0;
        Expr rest;
        if (!splitPower(term, letter, exponent, budget, rest) || exponent > 40)
            return {};
        terms.resize(std::max(terms.size(), static_cast<std::size_t>(exponent) + 1));
        terms[static_cast<std::size_t>(exponent)].push_back(rest);
    }
    std::vector<Expr> result;
    for (std::vector<Expr>& part : terms)
        result.push_back(part.empty() ? integer(0) : simplified(add(std::move(part)), budget));
    return result;
}

void ZeroSearch::write(Action action, const Expr& from, const Expr& to)
{
    if (!sameTree(from, to))
        m_steps.push_back({action, from, to});
}

std::vector<Expr> ZeroSearch::atomsOf(const Expr& e, bool (*fits)(const Expr&)) const
{
    std::vector<Expr> atoms;
    collectAtoms(e, m_variable, fits, atoms);
    return atoms;
}

std::string ZeroSearch::freshName(const Expr& e) const
{
    for (const char* name : {"u", "v", "w", "t", "s"})
        if (m_variable != name && !dependsOn(e, name))
            return name;
    return "u_1";
}

bool ZeroSearch::take(ZeroSearch&& inner)
{
    m_candidates.insert(m_candidates.end(), inner.m_candidates.begin(), inner.m_candidates.end());
    m_steps.insert(m_steps.end(), inner.m_steps.begin(), inner.m_steps.end());
    m_identity = m_identity || inner.m_identity;
    return true;
}

bool ZeroSearch::follow(Action action, const Expr& from, const Expr& next)
{
    write(action, from, next);
    const Expr zero = next->kind == Kind::Relation ? subtract(next->args[0], next->args[1]) : next;
    ZeroSearch inner(m_variable, m_budget, m_depth + 1);
    return inner.find(zero) && take(std::move(inner));
}

bool ZeroSearch::find(const Expr& expr)
{
    if (m_depth > deepest || !m_budget.spend(50))
        return false;
    const Expr e = simplified(expr, m_budget);
    if (!dependsOn(e, m_variable)) {
        const auto sign = signOf(e, m_budget);
        m_identity = sign && *sign == 0;
        return sign.has_value();
    }
    const Expr bare = e->kind == Kind::Negate ? e->args[0] : e;
    if (bare->kind == Kind::Multiply || bare->kind == Kind::Divide) { // a product is zero when a factor is
        const Fraction fraction = asFraction(bare, m_budget);
        const std::vector<Expr> factors =
            fraction.top->kind == Kind::Multiply ? fraction.top->args : std::vector<Expr>{fraction.top};
        if (factors.size() > 1 || dependsOn(fraction.bottom, m_variable))
            return std::all_of(factors.begin(), factors.end(), [&](const Expr& factor) {
                ZeroSearch inner(m_variable, m_budget, m_depth + 1);
                if (!inner.find(factor))
                    return false;
                return take(std::move(inner));
            });
    }
    if (bare->kind == Kind::Power && !dependsOn(bare->args[1], m_variable)) {
        const auto n = writtenNumber(bare->args[1]);
        if (n && n->sign() > 0)
            return find(bare->args[0]);
    }
    bool fits = false;
    using Method = bool (ZeroSearch::*)(const Expr&, bool&);
    for (const Method method : {&ZeroSearch::rational, &ZeroSearch::constantCoefficients, &ZeroSearch::absoluteValue,
                                &ZeroSearch::radical, &ZeroSearch::exponential, &ZeroSearch::logarithm}) {
        const bool found = (this->*method)(e, fits);
        if (fits)
            return found;
    }
    const Fraction fraction = asFraction(e, m_budget);
    return dependsOn(fraction.bottom, m_variable) && find(expanded(fraction.top, m_budget));
}

bool ZeroSearch::rational(const Expr& e, bool& fits)
{
    const auto read = readRationalFunction(e, m_variable);
    fits = read.has_value();
    if (!read)
        return false;
    m_identity = read->top.isZero();
    if (read->top.degree() < 1)
        return true;
    const Expr line = equation(toExpression(read->top, m_variable), integer(0));
    const std::vector<Factor> factors = factorsOf(read->top, Domain::Real);
    for (const Factor& factor : factors) {
        if (!factor.complete)
            return false;
        for (const Expr& root : factor.roots) {
            m_candidates.push_back(simplified(root, m_budget));
            write(read->top.degree() == 1           ? Action::Divide
                  : factor.polynomial.degree() == 2 ? Action::QuadraticFormula
                                                    : Action::Factor,
                  line, equation(symbol(m_variable), m_candidates.back()));
        }
    }
    return true;
}

// a x^n + b, and a x^2 + b x + c, with any constants.
bool ZeroSearch::constantCoefficients(const Expr& e, bool& fits)
{
    const std::vector<Expr> c = coefficientsIn(e, m_variable, m_budget);
    const auto isZero = [](const Expr& term) { return sameTree(term, integer(0)); };
    const bool pure = c.size() >= 2 && std::all_of(c.begin() + 1, c.end() - 1, isZero);
    const bool known =
        c.size() >= 2 && std::none_of(c.begin(), c.end(), [&](const Expr& one) { return dependsOn(one, m_variable); });
    fits = known && (pure || c.size() == 3) && freeSymbols(c.back()).empty();
    const auto leading = fits ? signOf(c.back(), m_budget) : std::nullopt;
    if (!leading || *leading == 0)
        return false;
    const auto offer = [&](Action action, const Expr& value) {
        m_candidates.push_back(simplified(value, m_budget));
        write(action, equation(e, integer(0)), equation(symbol(m_variable), m_candidates.back()));
    };
    const auto degree = static_cast<long>(c.size()) - 1;
    const Expr right = simplified(divide(negate(c[0]), c.back()), m_budget);
    if (degree == 1) {
        offer(Action::Divide, right);
        return true;
    }
    const Expr discriminant =
        pure ? right : simplified(subtract(power(c[1], integer(2)), multiply({integer(4), c[0], c[2]})), m_budget);
    const auto sign = signOf(discriminant, m_budget);
    if (!sign)
        return false;
    if (*sign < 0 && (!pure || degree % 2 == 0))
        return true;
    const Expr root =
        makeNode(Kind::Root, "", {*sign < 0 ? negate(discriminant) : discriminant, integer(pure ? degree : 2)});
    if (!pure) {
        for (const Expr& part : {negate(root), root})
            offer(Action::QuadraticFormula, divide(add({negate(c[1]), part}), multiply({integer(2), c[2]})));
        return true;
    }
    if (degree % 2 == 0)
        offer(Action::TakeRoot, negate(root));
    offer(Action::TakeRoot, *sign < 0 ? negate(root) : root);
    return true;
}

bool ZeroSearch::absoluteValue(const Expr& e, bool& fits)
{
    const std::vector<Expr> atoms = atomsOf(e, isAbsolute);
    fits = !atoms.empty();
    if (!fits)
        return false;
    const Expr& atom = atoms.back(); // the innermost ones are found last
    for (const Expr& value : {atom->args[0], negate(atom->args[0])}) {
        const Expr one = simplified(replacePart(e, atom, value), m_budget);
        if (!follow(Action::SplitAbsoluteValue, equation(e, integer(0)), equation(one, integer(0))))
            return false;
    }
    return true;
}

} // namespace lemma::tutor
