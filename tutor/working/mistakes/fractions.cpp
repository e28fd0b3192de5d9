// Fractions.
#include <numeric>
#include <string>

#include "tutor/working/mistakes/rules.h"

namespace lemma::tutor::mistakes {
namespace {

struct Fraction {
    Expr top, bottom;
    bool negative = false;
};

Fraction fractionOf(const Expr& term)
{
    const bool negative = term->kind == Kind::Negate;
    const Expr& e = negative ? term->args[0] : term;
    if (e->kind == Kind::Divide)
        return {e->args[0], e->args[1], negative};
    return {e, nullptr, negative};
}

// Of two short numerals; 0 for other denominators.
long commonDenominator(const Expr& a, const Expr& b)
{
    const auto isShort = [](const Expr& e) {
        return e->kind == Kind::Number && e->text.size() <= 4 &&
               e->text.find_first_not_of("0123456789") == std::string::npos;
    };
    return isShort(a) && isShort(b) ? std::lcm(std::stol(a->text), std::stol(b->text)) : 0;
}

Expr withSign(bool negative, const Expr& e) { return negative ? negate(e) : e; }

// A pair of terms of a sum replaced by one, for every pair with at least one fraction.
template <class Rule>
Results forPairs(const Expr& node, Rule rule)
{
    Results results;
    if (node->kind != Kind::Add)
        return results;
    for (std::size_t i = 0; i < node->args.size(); ++i)
        for (std::size_t j = i + 1; j < node->args.size(); ++j) {
            const Fraction a = fractionOf(node->args[i]), b = fractionOf(node->args[j]);
            if (!a.bottom && !b.bottom)
                continue;
            for (const Expr& merged : rule(a, b)) {
                std::vector<Expr> terms = node->args;
                terms[i] = merged;
                results.push_back(sumOf(without(terms, j)));
            }
        }
    return results;
}

} // namespace

// a/b + c/d as (a+c)/(b+d)
Results addedAcross(const Expr& node)
{
    return forPairs(node, [](const Fraction& a, const Fraction& b) -> Results {
        const Expr top = add({withSign(a.negative, a.top), withSign(b.negative, b.top)});
        if (!a.bottom || !b.bottom)
            return {divide(top, a.bottom ? a.bottom : b.bottom)};
        Results results = {divide(top, add({a.bottom, b.bottom}))};
        if (a.negative != b.negative)
            results.push_back(divide(top, subtract(a.bottom, b.bottom)));
        return results;
    });
}

// a/b + c/d as (a+c)/(bd)
Results numeratorsNotScaled(const Expr& node)
{
    return forPairs(node, [](const Fraction& a, const Fraction& b) -> Results {
        if (!a.bottom || !b.bottom)
            return {};
        const auto p = withSign(a.negative, a.top), q = withSign(b.negative, b.top);
        Results results = {divide(add({p, q}), multiply({a.bottom, b.bottom}))};
        if (const long common = commonDenominator(a.bottom, b.bottom); common > 0)
            results.push_back(divide(add({p, q}), integer(common)));
        return results;
    });
}

// a/b + c/d as a + c
Results denominatorsDropped(const Expr& node)
{
    return forPairs(node, [](const Fraction& a, const Fraction& b) -> Results {
        if (!a.bottom || !b.bottom)
            return {};
        Results results = {add({withSign(a.negative, a.top), withSign(b.negative, b.top)})};
        results.push_back(add(
            {withSign(a.negative, multiply({a.top, b.bottom})), withSign(b.negative, multiply({b.top, a.bottom}))}));
        return results;
    });
}

// (a+b)/a as b or 1+b; (a+b)/(a+c) as b/c; (6x+4)/2 as 3x+4
Results cancelledTerm(const Expr& node)
{
    if (node->kind != Kind::Divide)
        return {};
    const std::vector<Expr> top = termsOf(node->args[0]), bottom = termsOf(node->args[1]);
    Results results;
    for (std::size_t i = 0; i < top.size() && top.size() > 1; ++i) {
        std::vector<Expr> divided = top; // only one term is divided
        divided[i] = divide(top[i], node->args[1]);
        results.push_back(sumOf(std::move(divided)));
        results.push_back(sumOf(without(top, i))); // the term and the denominator strike each other out
    }
    for (std::size_t i = 0; i < top.size(); ++i)
        for (std::size_t j = 0; j < bottom.size(); ++j) {
            if (bottom.size() == 1 && top.size() == 1)
                continue;
            if (sameTree(top[i], bottom[j])) {
                results.push_back(divide(sumOf(without(top, i)), sumOf(without(bottom, j))));
                std::vector<Expr> ones = top, below = bottom;
                ones[i] = below[j] = integer(1);
                results.push_back(divide(sumOf(ones), sumOf(below)));
            }
            std::vector<Expr> above = top, below = bottom; // a factor of one term strikes out one of another term
            above[i] = divide(top[i], bottom[j]);
            below[j] = integer(1);
            results.push_back(divide(sumOf(above), sumOf(below)));
        }
    return results;
}

// (a/b)/(c/d) as ac/(bd); the wrong one turned over
Results notInverted(const Expr& node)
{
    if (node->kind != Kind::Divide)
        return {};
    const Expr &a = node->args[0], &b = node->args[1];
    Results results;
    if (b->kind == Kind::Divide) {
        results.push_back(multiply({a, b}));
        if (a->kind == Kind::Divide)
            results.push_back(divide(multiply({a->args[1], b->args[0]}), multiply({a->args[0], b->args[1]})));
    } else if (a->kind == Kind::Divide) {
        results.push_back(multiply({a, b}));
        results.push_back(divide(a->args[0], divide(a->args[1], b)));
    }
    return results;
}

// c * a/b as (ca)/(cb)
Results scaledBothParts(const Expr& node)
{
    Results results;
    if (node->kind == Kind::Divide && node->args[0]->kind == Kind::Multiply && isNumber(node->args[1]))
        for (const Expr& factor : node->args[0]->args) // 4 * 2/5 was read as (4 * 2)/5
            if (isNumber(factor))
                results.push_back(divide(node->args[0], multiply({factor, node->args[1]})));
    if (node->kind != Kind::Multiply)
        return results;
    for (std::size_t i = 0; i < node->args.size(); ++i)
        if (node->args[i]->kind == Kind::Divide) {
            const Expr others = productOf(without(node->args, i));
            results.push_back(
                divide(multiply({others, node->args[i]->args[0]}), multiply({others, node->args[i]->args[1]})));
            if (node->args[i]->text == "frac") // 36/6*2 is a question of order
                results.push_back(divide(node->args[i]->args[0], multiply({others, node->args[i]->args[1]})));
        }
    return results;
}

// 15% as 15, as 1.5
Results percentAsNumber(const Expr& node)
{
    return node->kind == Kind::Percent ? Results{node->args[0], divide(node->args[0], integer(10))} : Results{};
}

} // namespace lemma::tutor::mistakes
