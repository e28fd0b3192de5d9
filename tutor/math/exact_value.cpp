#include "tutor/math/exact_value.h"

#include <memory>

#include "tutor/math/calcium.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {
namespace {

// Beyond so many roots and functions in one number, Calcium's ideals take seconds.
constexpr int maximumExtensions = 10;
// log2 of the largest exponent of a power that is not written out.
constexpr double maximumExponentMagnitude = 9.0;

// Calcium cannot be interrupted: what one operation usually costs is paid before it.
constexpr long fieldCost = 500;
constexpr long operationCost = 200;

struct FieldDeleter {
    void operator()(lemma_exact_field* field) const { lemma_exact_field_free(field); }
};

struct NumberDeleter {
    lemma_exact_field* field = nullptr;
    void operator()(lemma_exact* number) const { lemma_exact_free(field, number); }
};

using Number = std::unique_ptr<lemma_exact, NumberDeleter>; // null: not decided

class Evaluation {
public:
    explicit Evaluation(const Budget& budget) : m_budget(budget), m_field(lemma_exact_field_new()) {}

    Truth isZero(const Expr& expr)
    {
        if (!m_budget.spend(fieldCost))
            return Truth::Unknown;
        const Number value = evaluate(*expr);
        if (!value || m_budget.spent() || lemma_exact_is_number(m_field.get(), value.get()) != 1)
            return Truth::Unknown;
        const int zero = lemma_exact_is_zero(m_field.get(), value.get());
        return zero < 0 ? Truth::Unknown : zero == 1 ? Truth::Yes : Truth::No;
    }

private:
    Number own(lemma_exact* raw) const { return Number(raw, NumberDeleter{m_field.get()}); }
    Number rational(const std::string& text) const { return own(lemma_exact_rational(m_field.get(), text.c_str())); }

    Number binary(char operation, const Number& a, const Number& b) const
    {
        if (!a || !b || !m_budget.spend(operationCost))
            return {};
        return own(lemma_exact_binary(m_field.get(), operation, a.get(), b.get()));
    }

    Number unary(const char* name, const Number& x)
    {
        if (!x || !m_budget.spend(operationCost) || ++m_extensions > maximumExtensions)
            return {};
        // sin(10^100) would be reduced by a multiple of pi of that size.
        if (lemma_exact_magnitude(m_field.get(), x.get()) > 60)
            return {};
        return own(lemma_exact_unary(m_field.get(), name, x.get()));
    }

    Number evaluate(const Node& node)
    {
        switch (node.kind) {
        case Kind::Number: {
            const auto value = rationalOf(node.text);
            return value ? rational(value->text()) : Number{};
        }
        case Kind::Constant: return constantValue(node.text);
        case Kind::Negate: return binary('-', rational("0"), evaluate(*node.args[0]));
        case Kind::Percent: return binary('/', evaluate(*node.args[0]), rational("100"));
        case Kind::Divide: return binary('/', evaluate(*node.args[0]), evaluate(*node.args[1]));
        case Kind::Add:
        case Kind::Mixed: return folded('+', node);
        case Kind::Multiply: return folded('*', node);
        case Kind::Power: return power(node);
        case Kind::Root: return root(evaluate(*node.args[0]), evaluate(*node.args[1]));
        case Kind::Quantity:
            if (node.text == "degree") // 180 degrees are pi
                return binary('*', evaluate(*node.args[0]),
                              binary('/', own(lemma_exact_pi(m_field.get())), rational("180")));
            return {};
        case Kind::Function: return call(node);
        default: return {};
        }
    }

    Number constantValue(const std::string& name)
    {
        if (name == "pi")
            return own(lemma_exact_pi(m_field.get()));
        if (name == "e")
            return own(lemma_exact_e(m_field.get()));
        return name == "i" ? own(lemma_exact_i(m_field.get())) : Number{};
    }

    Number folded(char operation, const Node& node)
    {
        Number result = evaluate(*node.args[0]);
        for (std::size_t i = 1; i < node.args.size() && result; ++i)
            result = binary(operation, result, evaluate(*node.args[i]));
        return result;
    }

    Number power(const Node& node)
    {
        const Node& exponent = *node.args[1];
        if (exponent.kind == Kind::Divide) // x^(p/q) is the q-th root, a real one where there is one
            if (const Number degree = evaluate(*exponent.args[1]);
                degree && exponent.args[1]->kind == Kind::Number && exponent.args[0]->kind == Kind::Number)
                return raise(root(evaluate(*node.args[0]), evaluate(*exponent.args[1])), evaluate(*exponent.args[0]));
        return raise(evaluate(*node.args[0]), evaluate(exponent));
    }

    Number raise(const Number& base, const Number& exponent)
    {
        if (!base || !exponent)
            return {};
        const double size = lemma_exact_magnitude(m_field.get(), exponent.get());
        const double bits = lemma_exact_magnitude(m_field.get(), base.get());
        if (size > maximumExponentMagnitude || bits > 1000 || ++m_extensions > 4 * maximumExtensions)
            return {};
        return binary('^', base, exponent);
    }

    Number root(const Number& radicand, const Number& degree)
    {
        if (!radicand || !degree || ++m_extensions > maximumExtensions)
            return {};
        const int negative = lemma_exact_is_negative(m_field.get(), radicand.get());
        if (negative < 0)
            return raise(radicand, binary('/', rational("1"), degree));
        const Number two = rational("2");
        const bool isSquareRoot = lemma_exact_is_zero(m_field.get(), binary('-', degree, two).get()) == 1;
        if (isSquareRoot)
            return own(lemma_exact_unary(m_field.get(), "sqrt", radicand.get()));
        if (lemma_exact_magnitude(m_field.get(), degree.get()) > 5)
            return {};
        const Number inverse = binary('/', rational("1"), degree);
        if (negative == 0)
            return raise(radicand, inverse);
        const Number half = binary('/', degree, two);
        const Number floorOfHalf = own(lemma_exact_unary(m_field.get(), "floor", half.get()));
        const bool even = lemma_exact_is_zero(m_field.get(), binary('-', half, floorOfHalf).get()) == 1;
        if (even)
            return raise(radicand, inverse);
        const Number zero = rational("0");
        return binary('-', zero, raise(binary('-', zero, radicand), inverse));
    }

    // The largest or the smallest, where all of them can be told apart.
    Number extreme(const Node& node, bool largest)
    {
        Number result = evaluate(*node.args[0]);
        for (std::size_t i = 1; i < node.args.size() && result; ++i) {
            Number other = evaluate(*node.args[i]);
            const Number difference = largest ? binary('-', result, other) : binary('-', other, result);
            const int replace = difference ? lemma_exact_is_negative(m_field.get(), difference.get()) : -1;
            if (replace < 0)
                return {};
            if (replace == 1)
                result = std::move(other);
        }
        return result;
    }

    Number call(const Node& node)
    {
        const std::string& name = node.text;
        if (name == "max" || name == "min")
            return extreme(node, name == "max");
        if (name == "binomial" || name == "factorial" || name == "mod" || name == "gcd" || name == "lcm")
            return {};
        Number x = evaluate(*node.args[0]);
        if (name == "log")
            return binary('/', unary("ln", x),
                          unary("ln", node.args.size() == 2 ? evaluate(*node.args[1]) : rational("10")));
        if (name == "sec" || name == "csc" || name == "cot")
            return binary('/', rational("1"), unary(name == "sec" ? "cos" : name == "csc" ? "sin" : "tan", x));
        if (name == "sinh" || name == "cosh" || name == "tanh") {
            const Number up = unary("exp", x);
            const Number down = binary('/', rational("1"), up);
            const Number sine = binary('-', up, down);
            const Number cosine = binary('+', up, down);
            return name == "tanh" ? binary('/', sine, cosine)
                                  : binary('/', name == "sinh" ? sine : cosine, rational("2"));
        }
        static constexpr const char* plain[] = {"ln",  "sin",   "cos",  "tan",  "asin", "acos", "atan",
                                                "abs", "floor", "ceil", "conj", "re",   "im"};
        for (const char* known : plain)
            if (name == known)
                return unary(known, x);
        return {};
    }

    const Budget& m_budget;
    std::unique_ptr<lemma_exact_field, FieldDeleter> m_field;
    int m_extensions = 0;
};

} // namespace

Truth exactlyZero(const Expr& expr, const Budget& budget)
{
    if (budget.spent())
        return Truth::Unknown;
    return Evaluation(budget).isZero(expr);
}

} // namespace lemma::tutor
