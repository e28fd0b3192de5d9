// What is done to both sides of an equation or inequality.
#include "tutor/working/mistakes/rules.h"

namespace lemma::tutor::mistakes {
namespace {

bool isSimple(const Expr& line) { return line->kind == Kind::Relation && line->args.size() == 2; }

// For both ways of calling the sides left and right.
template <class Rule>
Results forBothSides(const Expr& line, Rule rule)
{
    Results results;
    if (!isSimple(line))
        return results;
    for (const bool swapped : {false, true}) {
        const Expr &a = line->args[swapped ? 1 : 0], &b = line->args[swapped ? 0 : 1];
        rule(a, b, [&](Expr left, Expr right) {
            results.push_back(swapped ? relationOf(line, std::move(right), std::move(left))
                                      : relationOf(line, std::move(left), std::move(right)));
        });
    }
    return results;
}

// Numbers that multiply something on this side, and numbers that divide something.
void scalesOf(const Expr& side, std::vector<Expr>& multipliers, std::vector<Expr>& divisors)
{
    for (const Expr& term : termsOf(side)) {
        const Expr& e = term->kind == Kind::Negate ? term->args[0] : term;
        for (const Expr& factor : factorsOf(e)) {
            if (factor->kind == Kind::Number && e->kind == Kind::Multiply)
                multipliers.push_back(factor);
            if (factor->kind == Kind::Divide) {
                divisors.push_back(factor->args[1]);
                for (const Expr& top : factorsOf(factor->args[0]))
                    if (top->kind == Kind::Number)
                        multipliers.push_back(top);
            }
        }
        if (term->kind == Kind::Negate)
            multipliers.push_back(integer(-1));
    }
}

Expr scaled(const Expr& e, const Expr& by, bool divides) { return divides ? divide(e, by) : multiply({by, e}); }

} // namespace

// x + a = b as x = b + a
Results signLostMoving(const Expr& line)
{
    return forBothSides(line, [](const Expr& a, const Expr& b, const auto& give) {
        const std::vector<Expr> terms = termsOf(a);
        for (std::size_t i = 0; i < terms.size() && terms.size() > 1; ++i)
            give(sumOf(without(terms, i)), add({b, terms[i]}));
        if (terms.size() == 1 && freeSymbols(a) == freeSymbols(b) && !freeSymbols(a).empty())
            give(integer(0), add({b, a}));
        // two terms at once, each with its sign
        for (std::size_t i = 0; i < terms.size(); ++i)
            for (std::size_t j = 0; j < termsOf(b).size() && terms.size() > 1; ++j) {
                const std::vector<Expr> others = termsOf(b);
                const Expr left = sumOf(without(terms, i)), right = sumOf(without(others, j));
                give(add({left, others[j]}), subtract(right, terms[i])); // the one from the right has lost it
                give(subtract(left, others[j]), add({right, terms[i]}));
                give(add({left, others[j]}), add({right, terms[i]}));
            }
    });
}

// 2x = 10 as x = 10; x + 3 = 7 as x = 7
Results oneSideOnly(const Expr& line)
{
    return forBothSides(line, [](const Expr& a, const Expr& b, const auto& give) {
        std::vector<Expr> multipliers, divisors;
        scalesOf(a, multipliers, divisors);
        for (const Expr& number : multipliers)
            give(scaled(a, number, true), b);
        for (const Expr& number : divisors)
            give(scaled(a, number, false), b);
        const std::vector<Expr> terms = termsOf(a);
        for (std::size_t i = 0; i < terms.size() && terms.size() > 1; ++i)
            give(sumOf(without(terms, i)), b);
    });
}

// 2x + 6 = 10 as x + 6 = 5: a term that was not divided (multiplied)
Results notEveryTerm(const Expr& line)
{
    return forBothSides(line, [](const Expr& a, const Expr& b, const auto& give) {
        std::vector<Expr> multipliers, divisors;
        scalesOf(a, multipliers, divisors);
        const std::vector<Expr> terms = termsOf(a);
        const auto tryAll = [&](const std::vector<Expr>& numbers, bool divides) {
            for (const Expr& number : numbers)
                for (std::size_t left = 0; left < terms.size() && terms.size() > 1; ++left) {
                    std::vector<Expr> all, onlyOne = terms;
                    for (std::size_t i = 0; i < terms.size(); ++i)
                        all.push_back(i == left ? terms[i] : scaled(terms[i], number, divides));
                    onlyOne[left] = scaled(terms[left], number, divides);
                    give(sumOf(all), scaled(b, number, divides));
                    if (!isNumeral(number, -1) || !isNumeral(b, 0)) // one sign changed is a slip of another kind
                        give(sumOf(onlyOne), scaled(b, number, divides));
                    if (!isNumeral(number, -1))
                        give(sumOf(onlyOne), b);
                }
        };
        tryAll(multipliers, true);
        tryAll(divisors, false);
    });
}

// 3x = 12 as x = 12 - 3; x/3 = 12 as x = 12/3; x + 3 = 12 as x = 12/3; 3x = 12 as x = 3 * 12 or 3/12
Results wrongInverse(const Expr& line)
{
    return forBothSides(line, [](const Expr& a, const Expr& b, const auto& give) {
        const std::vector<Expr> factors = factorsOf(a);
        if (factors.size() > 1 && isNumber(factors[0])) {
            const Expr rest = productOf(without(factors, 0));
            give(rest, subtract(b, factors[0]));
            give(rest, multiply({b, factors[0]}));
            give(rest, divide(factors[0], b));
            give(rest, add({b, factors[0]}));
            give(rest, divide(b, negate(factors[0])));
        }
        if (a->kind == Kind::Divide) {
            give(a->args[0], divide(b, a->args[1]));
            give(a->args[0], subtract(b, a->args[1]));
            give(a->args[0], add({b, a->args[1]}));
        }
        const std::vector<Expr> terms = termsOf(a);
        for (std::size_t i = 0; i < terms.size() && terms.size() > 1; ++i) {
            const Expr rest = sumOf(without(terms, i));
            if (isNumber(terms[i])) {
                give(rest, divide(b, terms[i]));
                give(rest, multiply({b, terms[i]}));
            }
        }
    });
}

// x(x-1) = 6 as x = 6 or x - 1 = 6
Results zeroProduct(const Expr& line)
{
    if (!isSimple(line) || line->text != "=")
        return {};
    Results results;
    for (const bool swapped : {false, true}) {
        const Expr &product = line->args[swapped ? 1 : 0], &value = line->args[swapped ? 0 : 1];
        if (product->kind != Kind::Multiply || !isNumber(value))
            continue;
        std::vector<Expr> factors;
        for (const Expr& factor : product->args)
            if (!freeSymbols(factor).empty())
                factors.push_back(factor);
        if (factors.size() < 2)
            continue;
        std::vector<Expr> parts, zeros;
        for (const Expr& factor : factors) {
            parts.push_back(relationOf(line, factor, value));
            zeros.push_back(relationOf(line, factor, integer(0)));
            if (!isNumeral(value, 0))
                results.push_back(parts.back());
        }
        if (!isNumeral(value, 0)) {
            results.push_back(makeNode(Kind::List, "or", parts));
            results.push_back(makeNode(Kind::List, "or", zeros));
        }
    }
    return results;
}

// a^2 = b as a = \sqrt b
Results rootWithoutSign(const Expr& line)
{
    return forBothSides(line, [&](const Expr& a, const Expr& b, const auto& give) {
        if (a->kind != Kind::Power || !isNumeral(a->args[1], 2))
            return;
        const Expr root =
            b->kind == Kind::Power && isNumeral(b->args[1], 2) ? b->args[0] : makeNode(Kind::Root, "", {b, integer(2)});
        give(a->args[0], root);
        give(a->args[0], negate(root));
        give(a->args[0], divide(b, integer(2))); // half instead of the root
    });
}

// a/b = c/d as ac = bd
Results crossMultiplied(const Expr& line)
{
    return forBothSides(line, [](const Expr& a, const Expr& b, const auto& give) {
        if (a->kind != Kind::Divide)
            return;
        const Expr top = b->kind == Kind::Divide ? b->args[0] : b;
        const Expr bottom = b->kind == Kind::Divide ? b->args[1] : integer(1);
        if (b->kind != Kind::Divide)
            return;
        give(multiply({a->args[0], top}), multiply({a->args[1], bottom}));
        give(multiply({a->args[0], a->args[1]}), multiply({top, bottom}));
    });
}

// x/3 + x/4 = 14 as x + x = 14
Results denominatorsOfLine(const Expr& line)
{
    return forBothSides(line, [](const Expr& a, const Expr& b, const auto& give) {
        std::vector<Expr> terms;
        bool any = false;
        for (const Expr& term : termsOf(a)) {
            const bool negative = term->kind == Kind::Negate;
            const Expr& e = negative ? term->args[0] : term;
            any = any || e->kind == Kind::Divide;
            const Expr top = e->kind == Kind::Divide ? e->args[0] : e;
            terms.push_back(negative ? negate(top) : top);
        }
        if (any && terms.size() > 1)
            give(sumOf(terms), b);
    });
}

} // namespace lemma::tutor::mistakes
