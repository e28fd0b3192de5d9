#include "tutor/checker/polynomial_form.h"

#include <algorithm>
#include <string>

#include "tutor/calculus/simplify.h"
#include "tutor/checker/order.h"
#include "tutor/math/rational_function.h"
#include "tutor/math/roots.h"

namespace lemma::tutor {
namespace {

bool isWholeNumber(const Expr& e)
{
    return e->kind == Kind::Number && e->text.find_first_not_of("0123456789") == std::string::npos;
}

// The factors of a product, powers and signs taken off.
void factorsIn(const Expr& e, std::vector<Expr>& factors)
{
    if (e->kind == Kind::Multiply || e->kind == Kind::Negate) {
        for (const Expr& arg : e->args)
            factorsIn(arg, factors);
    } else if (e->kind == Kind::Power && isWholeNumber(e->args[1])) {
        factorsIn(e->args[0], factors);
    } else if (e->kind == Kind::Divide && freeSymbols(e->args[1]).empty()) {
        factorsIn(e->args[0], factors);
    } else {
        factors.push_back(e);
    }
}

bool isPrimitive(const Polynomial& polynomial)
{
    fmpz_t content;
    fmpz_init(content);
    for (long power = 0; power <= polynomial.degree(); ++power)
        fmpz_gcd(content, content, fmpq_numref(polynomial.coefficient(power).get()));
    const bool one = fmpz_is_one(content) != 0;
    fmpz_clear(content);
    return one;
}

enum class Primality : unsigned char { Prime, Composite, NotKnown };

Primality primality(const Expr& e, const std::string& variable)
{
    const auto read = readRationalFunction(e, variable);
    if (!read || read->bottom.degree() != 0 || read->top.degree() < 1 || !withinLimits(read->top))
        return Primality::NotKnown;
    if (!isPrimitive(read->top))
        return Primality::Composite;
    const std::vector<Factor> factors = factorsOf(read->top, Domain::Real);
    return factors.size() == 1 && factors[0].multiplicity == 1 ? Primality::Prime : Primality::Composite;
}

// By values for all variables but one.
bool isComposite(const Expr& e, const Budget& budget)
{
    const std::set<std::string> names = freeSymbols(e);
    if (e->kind != Kind::Add || names.empty() || !budget.spend(50))
        return false;
    for (const long value : {2L, 3L, 5L, 7L, 11L, 13L}) {
        Expr one = e;
        long next = value;
        for (auto name = std::next(names.begin()); name != names.end(); ++name, next += 2)
            one = substitute(one, *name, integer(next));
        if (primality(one, *names.begin()) != Primality::Composite)
            return false;
        if (names.size() == 1)
            break;
    }
    return true;
}

std::size_t size(const Expr& e)
{
    std::size_t nodes = e->kind == Kind::Multiply && e->args.size() == 2 && e->args[0]->kind == Kind::Negate ? 0 : 1;
    for (const Expr& arg : e->args)
        nodes += size(arg);
    return nodes;
}

// A root with a power left under it: \sqrt{8}, \sqrt[3]{54}.
bool hasPowerUnderRoot(const Expr& e)
{
    if (std::any_of(e->args.begin(), e->args.end(), hasPowerUnderRoot))
        return true;
    if (e->kind != Kind::Root || !isWholeNumber(e->args[0]) || !isWholeNumber(e->args[1]) ||
        e->args[0]->text.size() > 12 || e->args[1]->text.size() > 2)
        return false;
    const long radicand = std::stol(e->args[0]->text), degree = std::stol(e->args[1]->text);
    for (long base = 2; base < 2'000 && degree >= 2; ++base) {
        long power = 1;
        for (long i = 0; i < degree && power <= radicand; ++i)
            power *= base;
        if (power > radicand)
            break;
        if (radicand % power == 0)
            return true;
    }
    return radicand < 2;
}

} // namespace

bool canBeFactored(const Expr& e, const Budget& budget)
{
    std::vector<Expr> factors;
    factorsIn(e, factors);
    return std::any_of(factors.begin(), factors.end(), [&](const Expr& factor) { return isComposite(factor, budget); });
}

bool canBeExpanded(const Expr& e)
{
    const auto isSum = [](const Expr& arg) { return arg->kind == Kind::Add; };
    if (e->kind == Kind::Multiply && std::any_of(e->args.begin(), e->args.end(), isSum))
        return true;
    if (e->kind == Kind::Negate && isSum(e->args[0]))
        return true;
    if (e->kind == Kind::Power && isSum(e->args[0]) && isWholeNumber(e->args[1]))
        return true;
    return std::any_of(e->args.begin(), e->args.end(), canBeExpanded);
}

bool canBeSimplified(const Expr& e, const Budget& budget)
{
    if (hasPowerUnderRoot(e))
        return true;
    if (contains(e, Kind::Mixed) || contains(e, Kind::Percent) || contains(e, Kind::Quantity))
        return std::any_of(e->args.begin(), e->args.end(),
                           [&](const Expr& arg) { return canBeSimplified(arg, budget); });
    return size(inOrder(simplified(e, budget))) < size(inOrder(e));
}

} // namespace lemma::tutor
