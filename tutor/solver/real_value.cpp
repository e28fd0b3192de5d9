#include "tutor/solver/real_value.h"

#include <algorithm>
#include <utility>

#include "tutor/calculus/simplify.h"
#include "tutor/math/exact_value.h"

namespace lemma::tutor {
namespace {

constexpr long precisions[] = {128, 512};

Truth holds(const std::optional<int>& sign, bool (*condition)(int))
{
    return !sign ? Truth::Unknown : condition(*sign) ? Truth::Yes : Truth::No;
}

bool positive(int sign) { return sign > 0; }
bool notNegative(int sign) { return sign >= 0; }
bool notZero(int sign) { return sign != 0; }

// What this node alone asks of its arguments.
Truth defined(const Node& node, const Budget& budget)
{
    const auto evenDegree = [&](const Expr& degree) {
        const auto n = writtenNumber(simplified(degree, budget));
        return !n || !n->isInteger() || fmpz_is_even(fmpq_numref(n->get())) != 0;
    };
    switch (node.kind) {
    case Kind::Divide: return holds(signOf(node.args[1], budget), notZero);
    case Kind::Root: return evenDegree(node.args[1]) ? holds(signOf(node.args[0], budget), notNegative) : Truth::Yes;
    case Kind::Power: {
        const auto exponent = writtenNumber(simplified(node.args[1], budget));
        if (exponent && exponent->isInteger() && exponent->sign() > 0)
            return Truth::Yes;
        const auto base = signOf(node.args[0], budget);
        if (exponent && (exponent->isInteger() || fmpz_is_odd(fmpq_denref(exponent->get())) != 0))
            return exponent->sign() > 0 ? Truth::Yes : holds(base, notZero);
        return exponent && exponent->sign() > 0 ? holds(base, notNegative) : holds(base, positive);
    }
    case Kind::Function:
        if (node.text == "ln" || node.text == "log") {
            const Truth argument = holds(signOf(node.args[0], budget), positive);
            if (argument != Truth::Yes || node.args.size() == 1)
                return argument;
            return holds(signOf(node.args[1], budget), positive);
        }
        if (node.text == "asin" || node.text == "acos")
            return holds(signOf(subtract(integer(1), power(node.args[0], integer(2))), budget), notNegative);
        if (node.text == "tan" || node.text == "sec")
            return holds(signOf(function("cos", node.args), budget), notZero);
        if (node.text == "cot" || node.text == "csc")
            return holds(signOf(function("sin", node.args), budget), notZero);
        return Truth::Yes;
    default: return Truth::Yes;
    }
}

} // namespace

std::optional<int> signOf(const Expr& constant, const Budget& budget)
{
    for (const long precision : precisions) {
        const BallValue value = evaluateBall(constant, {}, precision, budget);
        if (value.status == BallStatus::Defined && value.ball.surelyPositive())
            return 1;
        if (value.status == BallStatus::Defined && value.ball.surelyNegative())
            return -1;
        if (precision == precisions[0] && exactlyZero(constant, budget) == Truth::Yes)
            return 0;
    }
    const auto simple = writtenNumber(simplified(constant, budget));
    return simple ? std::optional(simple->sign()) : std::nullopt;
}

Truth hasRealValue(const Expr& constant, const Budget& budget)
{
    if (evaluateBall(constant, {}, precisions[0], budget).status == BallStatus::Defined)
        return Truth::Yes;
    Truth all = Truth::Yes;
    for (const Expr& arg : constant->args) {
        const Truth one = hasRealValue(arg, budget);
        if (one == Truth::No)
            return Truth::No;
        all = one == Truth::Unknown ? one : all;
    }
    if (all != Truth::Yes)
        return all;
    return defined(*constant, budget);
}

Truth isZeroAt(const Expr& expr, const std::string& variable, const Expr& value, const Budget& budget)
{
    const Expr constant = substitute(expr, variable, value);
    const BallValue ball = evaluateBall(constant, {}, precisions[0], budget);
    if (ball.status == BallStatus::Undefined || (ball.status == BallStatus::Defined && ball.ball.surelyNonzero()))
        return Truth::No;
    const Truth real = hasRealValue(constant, budget);
    if (real != Truth::Yes)
        return real;
    const Truth zero = exactlyZero(constant, budget);
    if (zero != Truth::Unknown)
        return zero;
    const auto simple = writtenNumber(simplified(constant, budget));
    return !simple ? Truth::Unknown : simple->sign() == 0 ? Truth::Yes : Truth::No;
}

bool sortDistinct(std::vector<Expr>& constants, const Budget& budget)
{
    std::vector<Expr> sorted;
    for (const Expr& value : constants) {
        std::size_t place = 0;
        bool known = false;
        for (; place < sorted.size(); ++place) {
            const auto sign = sameTree(sorted[place], value) ? 0 : signOf(subtract(sorted[place], value), budget);
            if (!sign)
                return false;
            known = *sign == 0;
            if (*sign >= 0)
                break;
        }
        if (!known)
            sorted.insert(sorted.begin() + static_cast<long>(place), value);
    }
    constants = std::move(sorted);
    return true;
}

} // namespace lemma::tutor
