// Brackets and the order of operations.
#include <utility>

#include "tutor/working/mistakes/rules.h"

namespace lemma::tutor::mistakes {
namespace {

// The terms of a sum with the signs of all but the first turned, as somebody writes who forgets the bracket.
std::vector<Expr> otherSignsKept(const std::vector<Expr>& terms)
{
    std::vector<Expr> result = {negated(terms[0])};
    result.insert(result.end(), terms.begin() + 1, terms.end());
    return result;
}

} // namespace

// (a+b)^2 as a^2 + b^2; (a-b)^2 also as a^2 - b^2
Results squaredSum(const Expr& node)
{
    if (node->kind != Kind::Power || node->args[0]->kind != Kind::Add || !isNumber(node->args[1]))
        return {};
    std::vector<Expr> powers, signedPowers;
    for (const Expr& term : node->args[0]->args) {
        const bool negative = term->kind == Kind::Negate;
        Expr raised = power(negative ? term->args[0] : term, node->args[1]);
        powers.push_back(raised);
        signedPowers.push_back(negative ? negate(raised) : raised);
    }
    return {add(powers), add(signedPowers)};
}

// c(a+b) as ca + b
Results bracketFirstTermOnly(const Expr& node)
{
    if (node->kind == Kind::Negate && node->args[0]->kind == Kind::Multiply) { // -2(x + 3) as -2x + 3
        std::vector<Expr> factors = node->args[0]->args;
        factors[0] = negate(factors[0]);
        return factors[0]->args[0]->kind == Kind::Add ? Results{} : bracketFirstTermOnly(multiply(std::move(factors)));
    }
    if (node->kind != Kind::Multiply)
        return {};
    Results results;
    for (std::size_t i = 0; i < node->args.size(); ++i) {
        const Expr& bracket = node->args[i];
        if (bracket->kind != Kind::Add)
            continue;
        const std::vector<Expr> others = without(node->args, i);
        for (std::size_t multiplied : {std::size_t{0}, bracket->args.size() - 1}) {
            std::vector<Expr> terms = bracket->args, factors = others;
            factors.push_back(terms[multiplied]);
            terms[multiplied] = productOf(std::move(factors));
            results.push_back(add(std::move(terms)));
        }
    }
    return results;
}

// (a+b)(c+d) as ac + bd; (a+b)^2 is squaredSum
Results bracketCrossTerms(const Expr& node)
{
    if (node->kind != Kind::Multiply || node->args.size() != 2 || node->args[0]->kind != Kind::Add ||
        node->args[1]->kind != Kind::Add || node->args[0]->args.size() != 2 || node->args[1]->args.size() != 2)
        return {};
    const auto& a = node->args[0]->args;
    const auto& b = node->args[1]->args;
    const auto p = [&](int i, int j) {
        return multiply({a[static_cast<std::size_t>(i)], b[static_cast<std::size_t>(j)]});
    };
    return {add({p(0, 0), p(1, 1)}), add({p(0, 0), p(0, 1), p(1, 1)}), add({p(0, 0), p(1, 0), p(1, 1)}),
            add({p(0, 0), a[1], b[1]}), add({p(0, 0), p(1, 0), p(0, 1), sumOf({a[1], b[1]})})};
}

// -(a+b) as -a + b, a - c(x-d) as a - cx - cd
Results minusNotDistributed(const Expr& node)
{
    if (node->kind == Kind::Multiply) { // -2(x - 3) with the minus in the number
        Results results;
        const bool negative = node->args[0]->kind == Kind::Negate && node->args.size() == 2;
        if (negative && node->args[1]->kind == Kind::Add)
            for (Expr& one : minusNotDistributed(negate(multiply({node->args[0]->args[0], node->args[1]}))))
                results.push_back(std::move(one));
        return results;
    }
    if (node->kind != Kind::Negate)
        return {};
    const Expr& inside = node->args[0];
    if (inside->kind == Kind::Add)
        return {add(otherSignsKept(inside->args))};
    if (inside->kind == Kind::Divide && inside->args[0]->kind == Kind::Add)
        return {divide(add(otherSignsKept(inside->args[0]->args)), inside->args[1])};
    if (inside->kind != Kind::Multiply)
        return {};
    Results results;
    for (std::size_t i = 0; i < inside->args.size(); ++i) {
        if (inside->args[i]->kind != Kind::Add)
            continue;
        std::vector<Expr> terms;
        for (const Expr& term : inside->args[i]->args) {
            std::vector<Expr> factors = without(inside->args, i);
            factors.push_back(term);
            terms.push_back(productOf(std::move(factors)));
        }
        results.push_back(add(otherSignsKept(terms)));
    }
    return results;
}

// 3x + 5 as 8x, 2x + 3y as 5xy
Results unlikeTerms(const Expr& node)
{
    if (node->kind != Kind::Add)
        return {};
    Results results;
    for (std::size_t i = 0; i < node->args.size(); ++i)
        for (std::size_t j = 0; j < node->args.size(); ++j) {
            const auto split = [](const Expr& term) {
                const bool negative = term->kind == Kind::Negate;
                std::vector<Expr> factors = factorsOf(negative ? term->args[0] : term);
                Expr number = integer(1);
                if (factors[0]->kind == Kind::Number) {
                    number = factors[0];
                    factors.erase(factors.begin());
                }
                return std::pair(negative ? negate(number) : number, factors);
            };
            const auto [a, letters] = split(node->args[i]);
            const auto [b, otherLetters] = split(node->args[j]);
            const bool unlike = i != j && !letters.empty() && (otherLetters.empty() || i < j) &&
                                !sameTree(productOf(letters), productOf(otherLetters));
            if (!unlike)
                continue;
            std::vector<Expr> factors = {add({a, b})}, terms;
            factors.insert(factors.end(), letters.begin(), letters.end());
            factors.insert(factors.end(), otherLetters.begin(), otherLetters.end());
            for (std::size_t k = 0; k < node->args.size(); ++k)
                if (k != j)
                    terms.push_back(k == i ? productOf(factors) : node->args[k]);
            results.push_back(sumOf(std::move(terms)));
        }
    return results;
}

// a^2 - b^2 as (a-b)^2
Results differenceOfSquares(const Expr& node)
{
    if (node->kind != Kind::Add || node->args.size() != 2)
        return {};
    const auto rootOf = [](const Expr& e) -> Expr {
        if (e->kind == Kind::Power && isNumeral(e->args[1], 2))
            return e->args[0];
        for (long k = 1; k <= 20; ++k)
            if (isNumeral(e, k * k))
                return integer(k);
        return nullptr;
    };
    const bool minus = node->args[1]->kind == Kind::Negate;
    const Expr a = rootOf(node->args[0]), b = rootOf(minus ? node->args[1]->args[0] : node->args[1]);
    if (!a || !b)
        return {};
    if (minus)
        return {power(subtract(a, b), integer(2))};
    return {power(add({a, b}), integer(2)), multiply({add({a, b}), subtract(a, b)})};
}

// a + b*c as (a+b)*c, a - b + c as a - (b+c), a/b*c as a/(b*c), 2*3^2 as (2*3)^2
Results orderOfOperations(const Expr& node)
{
    Results results;
    if (node->kind == Kind::Add) {
        const auto& terms = node->args;
        for (std::size_t i = 0; i < terms.size(); ++i) {
            const bool negative = terms[i]->kind == Kind::Negate;
            const Expr term = negative ? terms[i]->args[0] : terms[i];
            std::vector<Expr> before(terms.begin(), terms.begin() + static_cast<long>(i));
            std::vector<Expr> after(terms.begin() + static_cast<long>(i) + 1, terms.end());
            const auto put = [&](std::vector<Expr> sum, const std::vector<Expr>& rest) {
                sum.insert(sum.end(), rest.begin(), rest.end());
                results.push_back(sumOf(std::move(sum)));
            };
            if (i > 0 && (term->kind == Kind::Multiply || term->kind == Kind::Divide)) {
                std::vector<Expr> sum = before; // a + b*c: the sum first
                sum.push_back(negative ? negate(term->args[0]) : term->args[0]);
                const std::vector<Expr> rest(term->args.begin() + 1, term->args.end());
                std::vector<Expr> factors = {add(sum)};
                factors.insert(factors.end(), rest.begin(), rest.end());
                put({term->kind == Kind::Multiply ? productOf(factors) : divide(add(sum), rest[0])}, after);
            }
            if (i + 1 < terms.size() && !negative && term->kind == Kind::Multiply) {
                std::vector<Expr> sum = {term->args.back()}, factors = term->args;
                sum.insert(sum.end(), after.begin(), after.end());
                factors.back() = add(std::move(sum));
                before.push_back(productOf(factors));
                results.push_back(sumOf(before));
                before.pop_back();
            }
            if (negative && i > 0 && i + 1 < terms.size()) {
                std::vector<Expr> sum = {term};
                sum.insert(sum.end(), after.begin(), after.end());
                before.push_back(negate(add(std::move(sum))));
                results.push_back(sumOf(before));
            }
        }
    }
    if (node->kind == Kind::Multiply)
        for (std::size_t i = 0; i + 1 < node->args.size(); ++i)
            if (node->args[i]->kind == Kind::Divide) {
                std::vector<Expr> bottom = {node->args[i]->args[1], node->args[i + 1]};
                std::vector<Expr> rest = without(node->args, i + 1);
                rest[i] = divide(node->args[i]->args[0], multiply(std::move(bottom)));
                results.push_back(productOf(std::move(rest)));
            }
    if (node->kind == Kind::Multiply && node->args.size() == 2 && node->args[1]->kind == Kind::Power &&
        node->args[0]->kind == Kind::Number)
        results.push_back(power(multiply({node->args[0], node->args[1]->args[0]}), node->args[1]->args[1]));
    return results;
}

} // namespace lemma::tutor::mistakes
