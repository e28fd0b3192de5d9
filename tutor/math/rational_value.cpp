#include "tutor/math/rational_value.h"

#include <algorithm>

namespace lemma::tutor {
namespace {

using Value = std::optional<Rational>;

constexpr long maximumRunningTerms = 1000;
constexpr long maximumFactorial = 2000; // 2000! has some 19,000 bits

std::optional<long> smallInteger(const Rational& value)
{
    if (!value.isInteger() || fmpz_fits_si(fmpq_numref(value.get())) == 0)
        return std::nullopt;
    return fmpz_get_si(fmpq_numref(value.get()));
}

Value power(Rational base, const Rational& exponent)
{
    const auto n = smallInteger(exponent);
    if (!n || *n > Budget::maximumBits || *n < -Budget::maximumBits || (base.sign() == 0 && *n <= 0))
        return std::nullopt;
    if (base.bits() > 2 && base.bits() * std::abs(*n) > Budget::maximumBits)
        return std::nullopt;
    fmpq_pow_si(base.get(), base.get(), *n);
    return base;
}

class Evaluation {
public:
    explicit Evaluation(const Budget& budget) : m_budget(budget) {}

    Value value(const Node& node, const Point& point)
    {
        if (!m_budget.spend(1))
            return std::nullopt;
        switch (node.kind) {
        case Kind::Number: return rationalOf(node.text);
        case Kind::Symbol: {
            const auto found = point.find(node.text);
            return found == point.end() ? Value{} : found->second;
        }
        case Kind::Sum:
        case Kind::Product: return running(node, point);
        case Kind::Add:
        case Kind::Mixed:
        case Kind::Multiply:
        case Kind::Negate:
        case Kind::Percent:
        case Kind::Divide:
        case Kind::Power:
        case Kind::Function: break;
        default: return std::nullopt;
        }
        std::vector<Rational> args;
        for (const Expr& arg : node.args) {
            Value one = value(*arg, point);
            if (!one || one->bits() > Budget::maximumBits)
                return std::nullopt;
            m_budget.spend(one->bits() / 1000);
            args.push_back(*one);
        }
        return args.empty() ? Value{} : combined(node, args);
    }

private:
    static Value combined(const Node& node, std::vector<Rational>& args)
    {
        Rational result = args[0];
        switch (node.kind) {
        case Kind::Add:
        case Kind::Mixed:
            for (std::size_t i = 1; i < args.size(); ++i)
                fmpq_add(result.get(), result.get(), args[i].get());
            return result;
        case Kind::Multiply:
            for (std::size_t i = 1; i < args.size(); ++i)
                fmpq_mul(result.get(), result.get(), args[i].get());
            return result;
        case Kind::Negate: fmpq_neg(result.get(), result.get()); return result;
        case Kind::Percent: fmpq_div(result.get(), result.get(), Rational(100).get()); return result;
        case Kind::Divide:
            if (args[1].sign() == 0)
                return std::nullopt;
            fmpq_div(result.get(), result.get(), args[1].get());
            return result;
        case Kind::Power: return power(result, args[1]);
        default: return call(node.text, args);
        }
    }

    static Value call(const std::string& name, std::vector<Rational>& args)
    {
        Rational result = args[0];
        if (name == "abs") {
            fmpq_abs(result.get(), result.get());
            return result;
        }
        if (name == "floor" || name == "ceil") {
            fmpz* top = fmpq_numref(result.get());
            (name == "floor" ? fmpz_fdiv_q : fmpz_cdiv_q)(top, top, fmpq_denref(result.get()));
            fmpz_one(fmpq_denref(result.get()));
            return result;
        }
        if (name == "max" || name == "min") {
            const auto least = std::minmax_element(args.begin(), args.end());
            return name == "max" ? *least.second : *least.first;
        }
        if (name == "sign")
            return Rational(result.sign());
        if (name == "gcd" || name == "lcm")
            return common(name == "gcd", args);
        if (name == "base" && args.size() == 2)
            return inBase(args[0], args[1]);
        if (name == "mod" && args.size() == 2)
            return remainder(args[0], args[1]);
        const bool whole = std::all_of(args.begin(), args.end(), [](const Rational& q) { return q.isInteger(); });
        return whole ? wholeCall(name, args) : Value{};
    }

    // 101_2: decimal digits that are meant to another base.
    static Value inBase(const Rational& digits, const Rational& base)
    {
        const auto radix = smallInteger(base);
        if (!radix || *radix < 2 || *radix > 10 || !digits.isInteger() || digits.sign() < 0)
            return std::nullopt;
        Rational result(0);
        fmpz* number = fmpq_numref(result.get());
        for (const char digit : digits.text()) {
            if (digit - '0' >= *radix)
                return std::nullopt;
            fmpz_mul_si(number, number, *radix);
            fmpz_add_ui(number, number, static_cast<unsigned long>(digit - '0'));
        }
        return result;
    }

    // Of fractions too: the largest of which all are whole multiples, the smallest that is one of all. Over a common
    // denominator these are those of the numerators.
    static Value common(bool divisor, const std::vector<Rational>& args)
    {
        Rational denominator(1);
        fmpz* below = fmpq_numref(denominator.get());
        for (const Rational& arg : args)
            fmpz_lcm(below, below, fmpq_denref(arg.get()));
        Rational result(divisor ? 0 : 1);
        fmpz* number = fmpq_numref(result.get());
        for (const Rational& arg : args) {
            Rational scaled = arg;
            fmpq_mul(scaled.get(), scaled.get(), denominator.get());
            (divisor ? fmpz_gcd : fmpz_lcm)(number, number, fmpq_numref(scaled.get()));
            if (result.bits() > Budget::maximumBits || denominator.bits() > Budget::maximumBits)
                return std::nullopt;
        }
        fmpq_div(result.get(), result.get(), denominator.get());
        return result;
    }

    // a - n floor(a/n), of fractions too; it has the sign of n.
    static Value remainder(const Rational& a, const Rational& n)
    {
        if (n.sign() == 0)
            return std::nullopt;
        Rational result = a, times;
        fmpq_div(times.get(), a.get(), n.get());
        fmpz_fdiv_q(fmpq_numref(times.get()), fmpq_numref(times.get()), fmpq_denref(times.get()));
        fmpz_one(fmpq_denref(times.get()));
        fmpq_submul(result.get(), times.get(), n.get());
        return result;
    }

    static Value wholeCall(const std::string& name, std::vector<Rational>& args)
    {
        Rational result = args[0];
        fmpz* number = fmpq_numref(result.get());
        if (name == "factorial") {
            const auto n = smallInteger(result);
            if (!n || *n < 0 || *n > maximumFactorial)
                return std::nullopt;
            fmpz_fac_ui(number, static_cast<unsigned long>(*n));
            return result;
        }
        if (args.size() != 2)
            return std::nullopt;
        const auto n = smallInteger(args[0]), k = smallInteger(args[1]);
        if (name != "binomial" || !n || !k || *n < 0 || *k < 0 || *n > maximumFactorial)
            return std::nullopt;
        fmpz_bin_uiui(number, static_cast<unsigned long>(*n), static_cast<unsigned long>(*k));
        return result;
    }

    Value running(const Node& node, const Point& point)
    {
        const Value from = value(*node.args[2], point), to = value(*node.args[3], point);
        if (!from || !to)
            return std::nullopt;
        // Bounds far apart or far out; an empty sum is left open on purpose.
        constexpr long farOut = 1'000'000'000;
        const long first = smallInteger(*from).value_or(farOut), last = smallInteger(*to).value_or(farOut);
        if (last < first || first <= -farOut || last >= farOut || last - first > maximumRunningTerms)
            return std::nullopt;
        Rational result(node.kind == Kind::Sum ? 0 : 1);
        Point inner = point;
        for (long k = first; k <= last; ++k) {
            inner[node.args[1]->text] = Rational(k);
            const Value term = value(*node.args[0], inner);
            if (!term || result.bits() > Budget::maximumBits || !m_budget.spend((result.bits() + term->bits()) / 500))
                return std::nullopt;
            (node.kind == Kind::Sum ? fmpq_add : fmpq_mul)(result.get(), result.get(), term->get());
        }
        return result;
    }

    const Budget& m_budget;
};

} // namespace

std::optional<Rational> rationalValue(const Expr& expr, const Point& point, const Budget& budget)
{
    Value value = Evaluation(budget).value(*expr, point);
    return value && value->bits() <= Budget::maximumBits && !budget.spent() ? value : std::nullopt;
}

Expr rationalExpr(const Rational& value)
{
    std::string text = value.text();
    const bool negative = text.starts_with('-');
    text.erase(0, negative ? 1 : 0);
    const std::size_t slash = text.find('/');
    Expr result = makeNode(Kind::Number, text.substr(0, slash), {});
    if (slash != std::string::npos)
        result = divide(std::move(result), makeNode(Kind::Number, text.substr(slash + 1), {}));
    return negative ? negate(std::move(result)) : result;
}

} // namespace lemma::tutor
