#include "tutor/math/rational_function.h"

#include <charconv>
#include <cstdlib>

namespace lemma::tutor {
namespace {

using Reading = std::optional<RationalFunction>;

const Polynomial& one()
{
    static const Polynomial value = Polynomial::constant(Rational(1));
    return value;
}

Reading checked(RationalFunction f)
{
    if (withinLimits(f.top) && withinLimits(f.bottom) && withinLimits(f.excluded))
        return f;
    return std::nullopt;
}

Reading fromPolynomial(const Polynomial& p) { return checked({p, one(), one()}); }

Reading sum(const RationalFunction& a, const RationalFunction& b)
{
    const Polynomial common = greatestCommonDivisor(a.bottom, b.bottom);
    const Polynomial aPart = exactQuotient(a.bottom, common);
    const Polynomial bPart = exactQuotient(b.bottom, common);
    return checked({a.top * bPart + b.top * aPart, aPart * b.bottom, a.excluded * b.excluded});
}

Reading product(const RationalFunction& a, const RationalFunction& b)
{
    return checked({a.top * b.top, a.bottom * b.bottom, a.excluded * b.excluded});
}

// Empty also for a division by what is zero everywhere.
Reading reciprocal(const RationalFunction& f)
{
    if (f.top.isZero())
        return std::nullopt;
    return checked({f.bottom, f.top, f.excluded * f.top});
}

Reading integerPower(const RationalFunction& base, long exponent)
{
    constexpr long largestExponent = 100;
    if (exponent < -largestExponent || exponent > largestExponent)
        return std::nullopt;
    if (exponent == 0) // 0^0 has no agreed value
        return base.top.degree() == 0 ? fromPolynomial(one()) : std::nullopt;
    Reading factor = exponent > 0 ? Reading(base) : reciprocal(base);
    Reading result = factor;
    for (long i = 1; result && i < std::abs(exponent); ++i) {
        // What is divided by need not be excluded a second time.
        result = checked({result->top * factor->top, result->bottom * factor->bottom, result->excluded});
    }
    return result;
}

std::optional<long> smallInteger(const Expr& expr)
{
    if (expr->kind == Kind::Negate) {
        const std::optional<long> inner = smallInteger(expr->args[0]);
        return inner ? std::optional(-*inner) : std::nullopt;
    }
    long value = 0;
    const std::string& text = expr->text;
    if (expr->kind != Kind::Number)
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Reading read(const Expr& expr, const std::string& variable)
{
    const auto fold = [&](auto combine) {
        Reading result = read(expr->args[0], variable);
        for (std::size_t i = 1; result && i < expr->args.size(); ++i) {
            const Reading next = read(expr->args[i], variable);
            result = next ? combine(*result, *next) : std::nullopt;
        }
        return result;
    };
    switch (expr->kind) {
    case Kind::Number: {
        const std::optional<Rational> value = rationalOf(expr->text);
        return value ? fromPolynomial(Polynomial::constant(*value)) : std::nullopt;
    }
    case Kind::Symbol: return expr->text == variable ? fromPolynomial(Polynomial::variable()) : std::nullopt;
    case Kind::Add:
    case Kind::Mixed: return fold(sum);
    case Kind::Multiply: return fold(product);
    case Kind::Divide:
        return fold([](const RationalFunction& a, const RationalFunction& b) {
            const Reading inverse = reciprocal(b);
            return inverse ? product(a, *inverse) : std::nullopt;
        });
    case Kind::Negate: {
        Reading inner = read(expr->args[0], variable);
        if (inner)
            inner->top = -inner->top;
        return inner;
    }
    case Kind::Percent: {
        const Reading inner = read(expr->args[0], variable);
        return inner ? product(*inner, {Polynomial::constant(Rational(1, 100)), one(), one()}) : std::nullopt;
    }
    case Kind::Power: {
        const Reading base = read(expr->args[0], variable);
        const std::optional<long> exponent = smallInteger(expr->args[1]);
        return base && exponent ? integerPower(*base, *exponent) : std::nullopt;
    }
    default: return std::nullopt;
    }
}

} // namespace

bool withinLimits(const Polynomial& polynomial)
{
    constexpr long largestDegree = 40;
    constexpr long largestBits = 600;
    return polynomial.degree() <= largestDegree && polynomial.bits() <= largestBits;
}

std::optional<RationalFunction> readRationalFunction(const Expr& expr, const std::string& variable)
{
    return read(expr, variable);
}

std::optional<RationalFunction> difference(const RationalFunction& a, const RationalFunction& b)
{
    return sum(a, {-b.top, b.bottom, b.excluded});
}

} // namespace lemma::tutor
