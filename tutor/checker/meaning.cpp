#include "tutor/checker/meaning.h"

#include <algorithm>
#include <utility>

#include "tutor/checker/comparison.h"
#include "tutor/math/common_divisor.h"
#include "tutor/math/exact_memory.h"
#include "tutor/math/print.h"
#include "tutor/math/rational_value.h"
#include "tutor/math/sympy_text.h"

namespace lemma::tutor {
namespace {

// The value of -3, 3/2 or -(3/2), however the sign is placed.
std::optional<Rational> fraction(const Expr& e, const Budget& budget)
{
    const bool signs = e->kind == Kind::Negate || e->kind == Kind::Divide;
    const bool numbers = signs && std::all_of(e->args.begin(), e->args.end(), [](const Expr& arg) {
                             return arg->kind == Kind::Number || arg->kind == Kind::Negate || arg->kind == Kind::Divide;
                         });
    return numbers ? rationalValue(e, {}, budget) : std::nullopt;
}

// Nested sums, products, unions and intersections become one; their parts and those of sets stand in the order of their
// text. Matrices do not commute.
Expr inOrder(const Expr& e, const Budget& budget)
{
    if (e->kind == Kind::Number) {
        const auto value = rationalOf(e->text);
        return value ? rationalExpr(*value) : e;
    }
    if (e->kind == Kind::Root) // SymPy knows powers only
        return inOrder(power(e->args[0], divide(integer(1), e->args[1])), budget);
    std::vector<Expr> args;
    const bool flattens =
        e->kind == Kind::Add || e->kind == Kind::Multiply || e->kind == Kind::Union || e->kind == Kind::Intersection;
    for (const Expr& given : e->args) {
        Expr arg = inOrder(given, budget);
        if (flattens && arg->kind == e->kind)
            args.insert(args.end(), arg->args.begin(), arg->args.end());
        else
            args.push_back(std::move(arg));
    }
    const bool commutes = (flattens && !contains(e, Kind::Matrix)) || e->kind == Kind::Set || e->kind == Kind::List;
    if (commutes)
        std::sort(args.begin(), args.end(), [](const Expr& a, const Expr& b) { return toTreeText(a) < toTreeText(b); });
    if (const auto number = args.empty() ? std::nullopt : fraction(withArguments(*e, args), budget))
        return rationalExpr(*number);
    if (e->kind == Kind::List)
        return makeNode(Kind::Set, "", std::move(args));
    return args.empty() ? e : withArguments(*e, std::move(args));
}

// SymPy takes divisors and multiples of whatever has unknowns as those of polynomials.
Expr withDivisorsTaken(const Expr& e, const Budget& budget)
{
    std::vector<Expr> args;
    for (const Expr& arg : e->args)
        args.push_back(withDivisorsTaken(arg, budget));
    const bool divisor = e->kind == Kind::Function && e->text == "gcd";
    const bool taken = divisor || (e->kind == Kind::Function && e->text == "lcm");
    if (const auto number = taken ? rationalValue(e, {}, budget) : std::nullopt)
        return rationalExpr(*number);
    if (taken)
        if (Expr result = divisor ? polynomialDivisor(args, budget) : polynomialMultiple(args, budget))
            return result;
    return args.empty() ? e : withArguments(*e, std::move(args));
}

// Whether a number has the digits of a rounded binary one.
bool hasRounded(const Expr& e)
{
    const bool decimal = e->kind == Kind::Number && e->text.find('.') != std::string::npos;
    const auto digits = std::count_if(e->text.begin(), e->text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return (decimal && digits >= 15) || std::any_of(e->args.begin(), e->args.end(), hasRounded);
}

bool hasLeastMultiple(const Expr& e)
{
    return (e->kind == Kind::Function && e->text == "lcm") ||
           std::any_of(e->args.begin(), e->args.end(), hasLeastMultiple);
}

// The element of a set that has only one: {x} stands for a group in some of the data.
Expr onlyElement(const Expr& e) { return e->kind == Kind::Set && e->args.size() == 1 ? e->args[0] : e; }

} // namespace

Meaning compareWithSympy(const Expr& tree, std::string_view sympy, const Budget& budget)
{
    releaseExactMemoryAtThreadEnd();
    const ParseResult theirs = parseSympy(sympy);
    if (!theirs)
        return Meaning::NotRead;
    if (sameTree(inOrder(onlyElement(tree), budget), inOrder(onlyElement(*theirs), budget)))
        return Meaning::Same;
    Policy policy;
    policy.percent = PercentMeaning::Hundredths;
    if (hasRounded(*theirs)) {
        policy.toleranceKind = ToleranceKind::Relative;
        policy.tolerance = "1e-13";
    }
    const Comparison comparison(policy, budget);
    const Expr ours = withDivisorsTaken(tree, budget);
    Equality equality = comparison.compare(*theirs, ours).equality;
    if (equality != Equality::Equal && hasLeastMultiple(tree))
        if (comparison.compare(*theirs, negate(ours)).equality == Equality::Equal)
            equality = Equality::Equal;
    return equality == Equality::Equal       ? Meaning::Same
           : equality == Equality::Different ? Meaning::Other
                                             : Meaning::Undecided;
}

std::string_view meaningName(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Same: return "same";
    case Meaning::Other: return "other";
    case Meaning::Undecided: return "undecided";
    case Meaning::NotRead: return "not-read";
    }
    return "not-read";
}

} // namespace lemma::tutor
