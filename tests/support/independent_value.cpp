#include "tests/support/independent_value.h"

#include <cmath>
#include <cstdlib>
#include <vector>

namespace lemma::tests {

using namespace tutor;

namespace {

using Value = std::optional<Fraction>;

__int128 magnitude(__int128 n) { return n < 0 ? -n : n; }

__int128 commonDivisor(__int128 a, __int128 b)
{
    while (b != 0) {
        const __int128 rest = a % b;
        a = b;
        b = rest;
    }
    return magnitude(a);
}

Value reduced(__int128 top, __int128 bottom)
{
    if (bottom == 0)
        return std::nullopt;
    const __int128 common = commonDivisor(top, bottom);
    if (common > 1) {
        top /= common;
        bottom /= common;
    }
    constexpr __int128 largest = __int128(1) << 62;
    if (magnitude(top) > largest || magnitude(bottom) > largest)
        return std::nullopt;
    return bottom < 0 ? Fraction{-top, -bottom} : Fraction{top, bottom};
}

Value plus(const Fraction& a, const Fraction& b)
{
    return reduced(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}
Value times(const Fraction& a, const Fraction& b) { return reduced(a.top * b.top, a.bottom * b.bottom); }

Value decimal(const std::string& text)
{
    Value result = Fraction{};
    bool behindPoint = false;
    for (const char c : text) {
        if (c == '.') {
            behindPoint = true;
            continue;
        }
        if (c < '0' || c > '9' || !result)
            return std::nullopt;
        // Not reduced on the way: the digits count from the bottom.
        result = Fraction{result->top * 10 + (c - '0'), behindPoint ? result->bottom * 10 : result->bottom};
        if (result->top > (__int128(1) << 60) || result->bottom > (__int128(1) << 60))
            return std::nullopt;
    }
    return result ? reduced(result->top, result->bottom) : result;
}

Value raised(const Fraction& base, const Fraction& exponent)
{
    if (exponent.bottom != 1 || magnitude(exponent.top) > 64 || (base.top == 0 && exponent.top <= 0))
        return std::nullopt;
    Value result = Fraction{1, 1};
    for (__int128 i = 0; i < magnitude(exponent.top) && result; ++i)
        result = exponent.top > 0 ? times(*result, base) : times(*result, Fraction{base.bottom, base.top});
    return result ? reduced(result->top, result->bottom) : result;
}

double doubleOf(const Fraction& f) { return static_cast<double>(f.top) / static_cast<double>(f.bottom); }

constexpr double smallest = 1e-3; // of a divisor

std::optional<double> callValue(const std::string& name, double x)
{
    if (name == "sin")
        return std::sin(x);
    if (name == "cos")
        return std::cos(x);
    if (name == "tan")
        return std::fabs(std::cos(x)) < smallest ? std::nullopt : std::optional(std::tan(x));
    if (name == "abs")
        return std::fabs(x);
    return name == "ln" && x > smallest ? std::optional(std::log(x)) : std::nullopt;
}

} // namespace

std::optional<Fraction> exactValue(const Expr& e, const std::map<std::string, Fraction>& point)
{
    if (e->kind == Kind::Number)
        return decimal(e->text);
    if (e->kind == Kind::Symbol) {
        const auto found = point.find(e->text);
        return found == point.end() ? Value{} : found->second;
    }
    std::vector<Fraction> args;
    for (const Expr& arg : e->args) {
        const Value one = exactValue(arg, point);
        if (!one)
            return std::nullopt;
        args.push_back(*one);
    }
    if (args.empty())
        return std::nullopt;
    Value result = args[0];
    switch (e->kind) {
    case Kind::Add:
        for (std::size_t i = 1; i < args.size() && result; ++i)
            result = plus(*result, args[i]);
        return result;
    case Kind::Multiply:
        for (std::size_t i = 1; i < args.size() && result; ++i)
            result = times(*result, args[i]);
        return result;
    case Kind::Negate: return Fraction{-args[0].top, args[0].bottom};
    case Kind::Percent: return times(args[0], {1, 100});
    case Kind::Divide: return args[1].top == 0 ? Value{} : times(args[0], {args[1].bottom, args[1].top});
    case Kind::Power: return raised(args[0], args[1]);
    case Kind::Function: return e->text == "abs" ? Value(Fraction{magnitude(args[0].top), args[0].bottom}) : Value{};
    default: return std::nullopt;
    }
}

std::optional<double> doubleValue(const Expr& e, const std::map<std::string, double>& point)
{
    if (e->kind == Kind::Number)
        return std::strtod(e->text.c_str(), nullptr);
    if (e->kind == Kind::Constant)
        return e->text == "e" ? std::optional(std::exp(1.0)) : std::nullopt;
    if (e->kind == Kind::Symbol) {
        const auto found = point.find(e->text);
        return found == point.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<double> args;
    for (const Expr& arg : e->args) {
        const auto one = doubleValue(arg, point);
        // Numbers of moderate size only: what cancels or overflows on the way would show in others.
        constexpr double largest = 1e5;
        if (!one || !(std::fabs(*one) < largest))
            return std::nullopt;
        args.push_back(*one);
    }
    double result = args[0];
    switch (e->kind) {
    case Kind::Add:
        for (std::size_t i = 1; i < args.size(); ++i)
            result += args[i];
        return result;
    case Kind::Multiply:
        for (std::size_t i = 1; i < args.size(); ++i)
            result *= args[i];
        return result;
    case Kind::Negate: return -result;
    case Kind::Percent: return result / 100;
    case Kind::Divide: return std::fabs(args[1]) < smallest ? std::nullopt : std::optional(result / args[1]);
    case Kind::Power:
        if ((args[1] < 0 && std::fabs(result) < smallest) || (result == 0 && args[1] <= 0) ||
            (result < 0 && args[1] != std::floor(args[1])))
            return std::nullopt;
        return std::pow(result, args[1]);
    case Kind::Root: return result < smallest ? std::nullopt : std::optional(std::sqrt(result));
    case Kind::Function: return callValue(e->text, result);
    default: return std::nullopt;
    }
}

bool surelyDiffer(const Expr& a, const Expr& b)
{
    static const Fraction values[] = {{3, 2}, {5, 7}, {-4, 3}, {2, 9}, {11, 4}};
    for (std::size_t k = 0; k < 5; ++k) {
        const std::map<std::string, Fraction> point = {
            {"x", values[k]}, {"y", values[(k + 1) % 5]}, {"a", values[(k + 3) % 5]}};
        const auto p = exactValue(a, point), q = exactValue(b, point);
        if (p && q && (p->top != q->top || p->bottom != q->bottom))
            return true;
        std::map<std::string, double> near;
        for (const auto& [name, value] : point)
            near[name] = doubleOf(value);
        const auto u = doubleValue(a, near), v = doubleValue(b, near);
        if (u && v && std::fabs(*u - *v) > 1e-4 * (1 + std::fabs(*u) + std::fabs(*v)))
            return true;
    }
    return false;
}

std::string sympyText(const Expr& e)
{
    const auto joined = [&](const char* sign) {
        std::string text = "(";
        for (std::size_t i = 0; i < e->args.size(); ++i)
            text += (i > 0 ? sign : "") + sympyText(e->args[i]);
        return text + ")";
    };
    switch (e->kind) {
    case Kind::Number: return "Rational('" + e->text + "')";
    case Kind::Symbol: return e->text;
    case Kind::Constant: return e->text == "e" ? "E" : e->text;
    case Kind::Add: return joined("+");
    case Kind::Multiply: return joined("*");
    case Kind::Divide: return joined("/");
    case Kind::Power: return joined("**");
    case Kind::Negate: return "(-" + joined("") + ")";
    case Kind::Percent: return "(" + joined("") + "/100)";
    case Kind::Root: return "sqrt(" + sympyText(e->args[0]) + ")";
    case Kind::Function:
        return (e->text == "ln" ? "log" : e->text == "abs" ? "Abs" : e->text) + "(" + sympyText(e->args[0]) + ")";
    default: return "unknown";
    }
}

} // namespace lemma::tests
