// Powers.
#include <utility>

#include "tutor/working/mistakes/rules.h"

namespace lemma::tutor::mistakes {
namespace {

bool isPower(const Expr& e) { return e->kind == Kind::Power; }

Expr exponentOf(const Expr& e) { return isPower(e) ? e->args[1] : integer(1); }

Expr baseOf(const Expr& e) { return isPower(e) ? e->args[0] : e; }

// Two factors of a product replaced by one.
Expr combined(const Expr& product, std::size_t i, std::size_t j, Expr replacement)
{
    std::vector<Expr> rest = product->args;
    rest[i] = std::move(replacement);
    return productOf(without(rest, j));
}

} // namespace

// (a^m)^n as a^(m+n) or a^(m^n)
Results powerOfPower(const Expr& node)
{
    if (!isPower(node))
        return {};
    const Expr& inside = node->args[0];
    if (isPower(inside))
        return {power(inside->args[0], add({inside->args[1], node->args[1]})),
                power(inside->args[0], power(inside->args[1], node->args[1]))};
    if (inside->kind != Kind::Multiply)
        return {};
    std::vector<Expr> factors; // (2a^3)^2 as 4a^5
    bool any = false;
    for (const Expr& factor : inside->args) {
        any = any || isPower(factor);
        factors.push_back(isPower(factor) ? power(factor->args[0], add({factor->args[1], node->args[1]}))
                                          : power(factor, node->args[1]));
    }
    return any ? Results{productOf(factors)} : Results{};
}

// a^m a^n as a^(mn); a^m/a^n as a^(m/n); 2^3 2^4 as 4^7
Results powersMultiplied(const Expr& node)
{
    Results results;
    if (node->kind == Kind::Multiply)
        for (std::size_t i = 0; i < node->args.size(); ++i)
            for (std::size_t j = i + 1; j < node->args.size(); ++j) {
                const Expr &a = node->args[i], &b = node->args[j];
                if (!isPower(a) || !isPower(b))
                    continue;
                if (sameTree(baseOf(a), baseOf(b)))
                    results.push_back(combined(node, i, j, power(baseOf(a), multiply({exponentOf(a), exponentOf(b)}))));
                results.push_back(
                    combined(node, i, j, power(multiply({baseOf(a), baseOf(b)}), add({exponentOf(a), exponentOf(b)}))));
            }
    if (node->kind == Kind::Divide && isPower(node->args[0]) && isPower(node->args[1]) &&
        sameTree(baseOf(node->args[0]), baseOf(node->args[1]))) {
        const Expr m = exponentOf(node->args[0]), n = exponentOf(node->args[1]);
        results.push_back(power(baseOf(node->args[0]), divide(m, n)));
        results.push_back(power(baseOf(node->args[0]), add({m, n})));
        results.push_back(power(integer(1), subtract(m, n)));
    }
    return results;
}

// a^m + a^n as a^(m+n); x^2 + x^2 as x^4
Results powersAdded(const Expr& node)
{
    if (node->kind != Kind::Add)
        return {};
    Results results;
    for (std::size_t i = 0; i < node->args.size(); ++i)
        for (std::size_t j = i + 1; j < node->args.size(); ++j) {
            const auto split = [](const Expr& term) {
                const std::vector<Expr> factors = factorsOf(term);
                const bool numbered = factors.size() == 2 && factors[0]->kind == Kind::Number;
                return numbered ? std::pair(factors[0], factors[1]) : std::pair(integer(1), term);
            };
            const auto [p, a] = split(node->args[i]);
            const auto [q, b] = split(node->args[j]);
            if ((!isPower(a) && !isPower(b)) || !sameTree(baseOf(a), baseOf(b)))
                continue;
            const Expr raised = power(baseOf(a), add({exponentOf(a), exponentOf(b)}));
            std::vector<Expr> terms = node->args;
            terms[i] = multiply({add({p, q}), raised});
            results.push_back(sumOf(without(terms, j)));
            terms[i] = multiply({p, q, raised}); // x^2 + x^2 as x^4
            results.push_back(sumOf(without(terms, j)));
        }
    return results;
}

// a^(-n) as -a^n or as a^(1/n)
Results negativeExponent(const Expr& node)
{
    if (!isPower(node) || node->args[1]->kind != Kind::Negate)
        return {};
    const Expr& n = node->args[1]->args[0];
    return {negate(power(node->args[0], n)), power(node->args[0], divide(integer(1), n)),
            negate(divide(integer(1), power(node->args[0], n))), negate(multiply({node->args[0], n}))};
}

// a^0 as 0
Results zeroExponent(const Expr& node)
{
    return isPower(node) && isNumeral(node->args[1], 0) ? Results{integer(0), node->args[0]} : Results{};
}

// a^(1/2) as a/2 or 1/a^2
Results fractionalExponent(const Expr& node)
{
    if (!isPower(node) || node->args[1]->kind != Kind::Divide)
        return {};
    const Expr &top = node->args[1]->args[0], &bottom = node->args[1]->args[1];
    return {divide(multiply({node->args[0], top}), bottom), divide(power(node->args[0], top), bottom),
            divide(integer(1), power(node->args[0], bottom))};
}

// a^n as a n
Results powerAsProduct(const Expr& node)
{
    return isPower(node) && isNumber(node->args[1]) ? Results{multiply({node->args[0], node->args[1]})} : Results{};
}

// (2x)^2 as 2x^2, (a/b)^2 as a^2/b
Results factorNotRaised(const Expr& node)
{
    if (!isPower(node))
        return {};
    const Expr& inside = node->args[0];
    Results results;
    if (inside->kind == Kind::Multiply)
        for (std::size_t i = 0; i < inside->args.size(); ++i) {
            std::vector<Expr> factors = inside->args;
            factors[i] = power(factors[i], node->args[1]);
            results.push_back(productOf(std::move(factors)));
        }
    if (inside->kind == Kind::Divide)
        results = {divide(power(inside->args[0], node->args[1]), inside->args[1]),
                   divide(inside->args[0], power(inside->args[1], node->args[1]))};
    return results;
}

// (-a)^2 as -a^2 and -a^2 as (-a)^2
Results signOfSquare(const Expr& node)
{
    if (isPower(node) && node->args[0]->kind == Kind::Negate)
        return {negate(power(node->args[0]->args[0], node->args[1])), power(node->args[0]->args[0], node->args[1])};
    if (node->kind == Kind::Negate && isPower(node->args[0]))
        return {node->args[0]};
    return {};
}

} // namespace lemma::tutor::mistakes
