// Roots, logarithms and other functions are not linear.
#include "tutor/working/mistakes/rules.h"

namespace lemma::tutor::mistakes {
namespace {

// f(a + b) as f(a) + f(b)
Results overTheSum(const Expr& node, const Expr& sum)
{
    if (sum->kind != Kind::Add)
        return {};
    std::vector<Expr> terms;
    for (const Expr& term : sum->args) {
        const bool negative = term->kind == Kind::Negate;
        std::vector<Expr> args = node->args;
        args[0] = negative ? term->args[0] : term;
        Expr image = withArguments(*node, std::move(args));
        terms.push_back(negative ? negate(std::move(image)) : image);
    }
    return {add(std::move(terms))};
}

bool isLog(const Expr& e) { return e->kind == Kind::Function && (e->text == "ln" || e->text == "log"); }

} // namespace

// \sqrt{a^2 + b^2} as \sqrt{a^2} + \sqrt{b^2}, and then as a + b
Results rootOfSum(const Expr& node)
{
    if (node->kind != Kind::Root)
        return {};
    Results results = overTheSum(node, node->args[0]);
    for (const Expr& sum : Results(results)) {
        std::vector<Expr> terms;
        for (const Expr& term : sum->args) {
            const bool negative = term->kind == Kind::Negate;
            const Expr& root = negative ? term->args[0] : term;
            const Expr& inside = root->args[0];
            const bool square = inside->kind == Kind::Power && sameTree(inside->args[1], node->args[1]);
            terms.push_back(square ? (negative ? negate(inside->args[0]) : inside->args[0]) : term);
        }
        results.push_back(add(std::move(terms)));
    }
    return results;
}

// log(a+b) as log a + log b, log a + log b as log(a+b), log a / log b as log(a/b) ..., log(a^n) as (log a)^n
Results logOfSum(const Expr& node)
{
    Results results;
    if (isLog(node)) {
        results = overTheSum(node, node->args[0]);
        const auto image = [&](const Expr& inside) {
            std::vector<Expr> args = node->args;
            args[0] = inside;
            return withArguments(*node, std::move(args));
        };
        const Expr& inside = node->args[0];
        if (inside->kind == Kind::Multiply && inside->args.size() == 2)
            results.push_back(multiply({image(inside->args[0]), image(inside->args[1])}));
        if (inside->kind == Kind::Divide)
            results.push_back(divide(image(inside->args[0]), image(inside->args[1])));
        if (inside->kind == Kind::Power)
            results.push_back(power(image(inside->args[0]), inside->args[1]));
        if (inside->kind == Kind::Add && inside->args.size() == 2)
            results.push_back(multiply({image(inside->args[0]), image(inside->args[1])}));
    }
    const auto merged = [](const Expr& a, const Expr& b, const Expr& inside) {
        std::vector<Expr> args = a->args;
        args[0] = inside;
        const bool sameBase = a->text == b->text && a->args.size() == b->args.size() &&
                              (a->args.size() < 2 || sameTree(a->args[1], b->args[1]));
        return sameBase ? Results{withArguments(*a, std::move(args))} : Results{};
    };
    if (node->kind == Kind::Add && node->args.size() == 2) {
        const bool minus = node->args[1]->kind == Kind::Negate;
        const Expr &a = node->args[0], &b = minus ? node->args[1]->args[0] : node->args[1];
        if (isLog(a) && isLog(b))
            for (Expr& one : merged(a, b, add({a->args[0], minus ? negate(b->args[0]) : b->args[0]})))
                results.push_back(std::move(one));
    }
    if (node->kind == Kind::Divide && isLog(node->args[0]) && isLog(node->args[1])) {
        const Expr &a = node->args[0], &b = node->args[1];
        for (const Expr& inside : {divide(a->args[0], b->args[0]), subtract(a->args[0], b->args[0])})
            for (Expr& one : merged(a, b, inside))
                results.push_back(std::move(one));
    }
    return results;
}

// sin(a+b) as sin a + sin b, sin(2x) as 2 sin x, |a+b| as |a| + |b|
Results functionOfSum(const Expr& node)
{
    const bool applies =
        node->kind == Kind::Apply || (node->kind == Kind::Function && !isLog(node) && node->args.size() == 1);
    if (!applies)
        return {};
    Results results = overTheSum(node, node->args[0]);
    const Expr& inside = node->args[0];
    if (inside->kind == Kind::Multiply && isNumber(inside->args[0]))
        results.push_back(multiply({inside->args[0], withArguments(*node, {productOf(without(inside->args, 0))})}));
    return results;
}

// \sqrt{a^2} as a, where a may be negative
Results rootOfSquare(const Expr& node)
{
    if (node->kind != Kind::Root || !isNumeral(node->args[1], 2))
        return {};
    std::vector<Expr> outside;
    for (const Expr& factor : factorsOf(node->args[0])) {
        const bool square = factor->kind == Kind::Power && isNumeral(factor->args[1], 2);
        outside.push_back(square ? factor->args[0] : makeNode(Kind::Root, "", {factor, integer(2)}));
    }
    return {productOf(std::move(outside))};
}

} // namespace lemma::tutor::mistakes
