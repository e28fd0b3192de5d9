#include "tests/support/random_pairs.h"

#include <utility>

#include "tests/support/independent_value.h"

namespace lemma::tests {

using namespace tutor;

namespace {

std::size_t size(const Expr& e)
{
    std::size_t count = 1;
    for (const Expr& arg : e->args)
        count += size(arg);
    return count;
}

Expr square(const Expr& e) { return power(e, integer(2)); }
Expr sine(const Expr& e) { return function("sin", {e}); }
Expr cosine(const Expr& e) { return function("cos", {e}); }

} // namespace

Expr RandomPairs::number()
{
    switch (below(12)) {
    case 0: return divide(integer(1 + below(9)), integer(2 + below(8)));
    case 1: return makeNode(Kind::Number, "0." + std::to_string(1 + below(99)), {});
    case 2: return makeNode(Kind::Number, std::to_string(below(20)) + ".5", {});
    case 3: return negate(integer(1 + below(9)));
    case 4: return integer(10 + below(90));
    default: return integer(1 + below(9));
    }
}

Expr RandomPairs::leaf()
{
    static const char* const names[] = {"x", "x", "x", "y", "y", "a"};
    return chance(60) ? symbol(names[below(6)]) : number();
}

Expr RandomPairs::call(int depth)
{
    Expr inner = tree(depth - 1);
    switch (below(8)) {
    case 0: return makeNode(Kind::Root, "", {std::move(inner), integer(2)});
    case 1: return function("ln", {std::move(inner)});
    case 2: return function("abs", {std::move(inner)});
    case 3: return power(constant("e"), std::move(inner));
    case 4: return function("tan", {std::move(inner)});
    case 5: return function("cos", {std::move(inner)});
    default: return function("sin", {std::move(inner)});
    }
}

Expr RandomPairs::tree(int depth)
{
    if (depth <= 0 || chance(10))
        return leaf();
    switch (below(m_functions ? 10 : 8)) {
    case 0:
    case 1: return add({tree(depth - 1), tree(depth - 1)});
    case 2: return add({tree(depth - 1), negate(tree(depth - 1))});
    case 3:
    case 4: return multiply({tree(depth - 1), tree(depth - 1)});
    case 5: return divide(tree(depth - 1), tree(depth - 1));
    case 6: return power(tree(depth - 1), integer(chance(15) ? -1 - below(2) : 2 + below(2)));
    case 7: return add({tree(depth - 1), leaf(), leaf()});
    default: return call(depth);
    }
}

// One rule at this node. What fits only some nodes is tried first.
Expr RandomPairs::rewrittenHere(const Expr& e, std::string& rules)
{
    const auto did = [&](const char* rule, Expr result) {
        rules += (rules.empty() ? "" : ", ") + std::string(rule);
        return result;
    };
    const std::vector<Expr>& args = e->args;
    const bool sum = e->kind == Kind::Add, product = e->kind == Kind::Multiply, quotient = e->kind == Kind::Divide;
    const int choice = below(4);
    if ((sum || product) && choice == 0)
        return did("commute", withArguments(*e, {args.rbegin(), args.rend()}));
    if ((sum || product) && args.size() > 2 && choice == 1)
        return did("associate", withArguments(*e, {args[0], withArguments(*e, {args.begin() + 1, args.end()})}));
    if (sum && choice == 2 && args.size() == 2 && args[1]->kind == Kind::Negate)
        return did("turn", negate(add({args[1]->args[0], negate(args[0])})));
    if (sum && choice == 3 && args.size() == 2 && args[0]->kind == Kind::Divide && args[1]->kind == Kind::Divide) {
        const auto &a = args[0]->args, &b = args[1]->args;
        return did("common-denominator",
                   divide(add({multiply({a[0], b[1]}), multiply({b[0], a[1]})}), multiply({a[1], b[1]})));
    }
    if (product && choice == 2)
        for (std::size_t i = 0; i < 2; ++i)
            if (args.size() == 2 && args[i]->kind == Kind::Add) {
                std::vector<Expr> terms;
                for (const Expr& term : args[i]->args)
                    terms.push_back(multiply({args[1 - i], term}));
                return did("distribute", add(std::move(terms)));
            }
    if (quotient && choice == 0)
        return did("reciprocal", multiply({args[0], power(args[1], integer(-1))}));
    if (quotient && choice == 1) {
        const Expr factor = leaf();
        return did("extend", divide(multiply({args[0], factor}), multiply({args[1], factor})));
    }
    if (quotient && choice == 2 && args[0]->kind == Kind::Add) {
        std::vector<Expr> terms;
        for (const Expr& term : args[0]->args)
            terms.push_back(divide(term, args[1]));
        return did("split", add(std::move(terms)));
    }
    if (e->kind == Kind::Power && args[1]->kind == Kind::Number && args[1]->text == "2" && choice < 3) {
        if (args[0]->kind == Kind::Add && args[0]->args.size() == 2) {
            const auto &a = args[0]->args[0], &b = args[0]->args[1];
            return did("expand", add({square(a), multiply({integer(2), a, b}), square(b)}));
        }
        return did("square-as-product", multiply({args[0], args[0]}));
    }
    if (e->kind == Kind::Power && args[1]->kind == Kind::Negate && choice == 0)
        return did("negative-exponent", divide(integer(1), power(args[0], args[1]->args[0])));
    if (e->kind == Kind::Power && args[0]->kind == Kind::Constant && args[1]->kind == Kind::Add && choice < 2) {
        std::vector<Expr> factors;
        for (const Expr& term : args[1]->args)
            factors.push_back(power(args[0], term));
        return did("exponential-of-sum", multiply(std::move(factors)));
    }
    if (e->kind == Kind::Function && choice < 3) {
        const Expr& x = args[0];
        if (e->text == "tan")
            return did("tangent", divide(sine(x), cosine(x)));
        if (e->text == "abs")
            return choice == 0 ? did("absolute-of-negative", function("abs", {negate(x)}))
                               : did("absolute-as-root", makeNode(Kind::Root, "", {square(x), integer(2)}));
        if (e->text == "ln" && x->kind == Kind::Multiply && x->args.size() == 2)
            return did("logarithm-of-product", add({function("ln", {x->args[0]}), function("ln", {x->args[1]})}));
        if (e->text == "ln" && x->kind == Kind::Power && x->args[1]->kind == Kind::Number)
            return did("logarithm-of-power", multiply({x->args[1], function("ln", {x->args[0]})}));
        if (e->text == "sin")
            return choice == 0
                       ? did("odd", negate(sine(negate(x))))
                       : did("half-angle",
                             multiply({integer(2), sine(divide(x, integer(2))), cosine(divide(x, integer(2)))}));
        if (e->text == "cos")
            return choice == 0
                       ? did("even", cosine(negate(x)))
                       : did("double-angle",
                             add({integer(1), negate(multiply({integer(2), square(sine(divide(x, integer(2))))}))}));
    }
    if (e->kind == Kind::Number && e->text.find('.') == std::string::npos && choice == 0)
        return did("as-fraction", divide(multiply({e, integer(3)}), integer(3)));
    return rewrittenAnything(e, rules);
}

// Rules that fit any node.
Expr RandomPairs::rewrittenAnything(const Expr& e, std::string& rules)
{
    const auto did = [&](const char* rule, Expr result) {
        rules += (rules.empty() ? "" : ", ") + std::string(rule);
        return result;
    };
    const Expr other = tree(1);
    switch (below(m_functions ? 8 : 6)) {
    case 0: return did("add-zero", add({e, other, negate(other)}));
    case 1: return did("multiply-by-one", divide(multiply({e, other}), other));
    case 2: return did("double-negative", negate(negate(e)));
    case 3: return did("halves", add({divide(e, integer(2)), divide(e, integer(2))}));
    case 4:
        return did("difference-of-squares", add({multiply({add({e, integer(1)}), add({e, negate(integer(1))})}),
                                                 integer(1), negate(square(e)), e}));
    case 5: return did("percent", multiply({makeNode(Kind::Percent, "", {integer(50)}), integer(2), e}));
    case 6: return did("pythagoras", multiply({e, add({square(sine(other)), square(cosine(other))})}));
    default: return did("root-of-square", square(makeNode(Kind::Root, "", {e, integer(2)})));
    }
}

// A rule at a random node.
Expr RandomPairs::rewritten(const Expr& e, std::string& rules)
{
    if (e->args.empty() || chance(35))
        return rewrittenHere(e, rules);
    const auto place = static_cast<std::size_t>(below(static_cast<int>(e->args.size())));
    // Exponents and percentages keep their form: rules look at them.
    if ((e->kind == Kind::Power && place == 1 && e->args[0]->kind != Kind::Constant) ||
        (e->kind == Kind::Root && place == 1) || e->kind == Kind::Percent)
        return rewrittenHere(e, rules);
    std::vector<Expr> args = e->args;
    args[place] = rewritten(args[place], rules);
    return withArguments(*e, std::move(args));
}

Expr RandomPairs::mutatedHere(const Expr& e)
{
    switch (e->kind) {
    case Kind::Number:
        if (chance(50) || e->text.find('.') != std::string::npos)
            return add({e, integer(1)});
        return integer(std::stol(e->text) + 1 + below(3));
    case Kind::Symbol: return symbol(e->text == "x" ? "y" : "x");
    case Kind::Negate: return e->args[0];
    case Kind::Add: return withArguments(*e, {e->args.begin() + 1, e->args.end()});
    case Kind::Multiply: return chance(50) ? add(e->args) : withArguments(*e, {e->args.begin() + 1, e->args.end()});
    case Kind::Divide: return divide(e->args[1], e->args[0]);
    case Kind::Power: return multiply({e->args[0], e->args[1]});
    case Kind::Root: return e->args[0];
    case Kind::Function: return e->text == "sin" ? cosine(e->args[0]) : sine(e->args[0]);
    default: return negate(e);
    }
}

Expr RandomPairs::mutated(const Expr& e)
{
    if (e->args.empty() || chance(25))
        return mutatedHere(e);
    std::vector<Expr> args = e->args;
    const auto place = static_cast<std::size_t>(below(static_cast<int>(args.size())));
    if (e->kind == Kind::Root && place == 1)
        return mutatedHere(e);
    args[place] = mutated(args[place]);
    return withArguments(*e, std::move(args));
}

ExpressionPair RandomPairs::next()
{
    constexpr std::size_t largest = 120;
    for (;;) {
        m_functions = chance(60);
        ExpressionPair pair;
        pair.left = tree(2 + below(3));
        pair.right = pair.left;
        for (int i = 1 + below(4); i > 0; --i)
            pair.right = rewritten(pair.right, pair.rules);
        pair.equal = chance(50);
        if (!pair.equal)
            pair.right = mutated(pair.right);
        if (size(pair.left) + size(pair.right) > largest || (!pair.equal && !surelyDiffer(pair.left, pair.right)))
            continue;
        return pair;
    }
}

} // namespace lemma::tests
