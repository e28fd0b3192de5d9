#include "tutor/calculus/simplify.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "tutor/calculus/product_form.h"
#include "tutor/calculus/special_values.h"
#include "tutor/math/ball.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

struct Term {
    Expr rest; // without its coefficient
    ProductForm form;
    Rational coefficient;
};

bool isFunction(const Expr& e, std::string_view name) { return e->kind == Kind::Function && e->text == name; }

bool isEven(std::string_view name) { return name == "cos" || name == "cosh" || name == "sec" || name == "abs"; }

bool isOdd(std::string_view name)
{
    static constexpr std::string_view odd[] = {"sin",  "tan",  "cot",  "csc",   "asin", "atan",
                                               "sinh", "tanh", "coth", "asinh", "atanh"};
    return std::find(std::begin(odd), std::end(odd), name) != std::end(odd);
}

// The total degree of a product of symbols with whole exponents; -1 for anything else.
long degreeOf(const Expr& e)
{
    if (e->kind == Kind::Symbol)
        return 1;
    if (e->kind == Kind::Number)
        return 0;
    if (e->kind == Kind::Power && e->args[0]->kind == Kind::Symbol) {
        const auto exponent = writtenNumber(e->args[1]);
        return exponent && exponent->isInteger() && exponent->bits() < 40 ? fmpz_get_si(fmpq_numref(exponent->get()))
                                                                          : -1;
    }
    if (e->kind != Kind::Multiply)
        return -1;
    long sum = 0;
    for (const Expr& arg : e->args) {
        const long degree = degreeOf(arg);
        if (degree < 0)
            return -1;
        sum += degree;
    }
    return sum;
}

class Simplifier {
public:
    explicit Simplifier(const Budget& budget) : m_budget(budget) {}

    Expr run(const Expr& e)
    {
        if (m_simple.contains(e) || !m_budget.spend(1))
            return e;
        Expr result = e;
        switch (e->kind) {
        case Kind::Number:
        case Kind::Add:
        case Kind::Negate:
        case Kind::Multiply:
        case Kind::Divide:
        case Kind::Mixed:
        case Kind::Percent:
        case Kind::Power:
        case Kind::Root:
        case Kind::Function: result = read(e).expression(); break;
        default:
            if (!e->args.empty())
                result = withArguments(*e, all(e->args));
        }
        m_simple.insert(result);
        return result;
    }

private:
    std::vector<Expr> all(const std::vector<Expr>& args)
    {
        std::vector<Expr> result;
        for (const Expr& arg : args)
            result.push_back(run(arg));
        return result;
    }

    ProductForm number(const Rational& value) const
    {
        ProductForm result(m_budget);
        result.setCoefficient(value);
        return result;
    }

    ProductForm single(const Expr& base) const
    {
        ProductForm result(m_budget);
        result.multiply(base, integer(1));
        return result;
    }

    ProductForm read(const Expr& e)
    {
        if (!m_budget.spend(1))
            return single(e);
        switch (e->kind) {
        case Kind::Number: {
            const auto value = rationalOf(e->text);
            return value ? number(*value) : single(e);
        }
        case Kind::Percent: {
            ProductForm result = read(e->args[0]);
            result.scale(Rational(1, 100));
            return result;
        }
        case Kind::Negate: {
            ProductForm result = read(e->args[0]);
            result.scale(Rational(-1));
            return result;
        }
        case Kind::Multiply: {
            ProductForm result(m_budget);
            for (const Expr& arg : e->args)
                result.multiply(read(arg));
            return result;
        }
        case Kind::Divide: {
            ProductForm result = read(e->args[0]);
            result.multiply(read(e->args[1]).raised(integer(-1)));
            return result;
        }
        case Kind::Power: return readPower(e->args[0], run(e->args[1]));
        case Kind::Root: {
            const Expr degree = run(e->args[1]);
            return readPower(e->args[0], run(divide(integer(1), degree)));
        }
        case Kind::Add:
        case Kind::Mixed: return readSum(e);
        case Kind::Function: return readCall(e);
        default: return single(run(e));
        }
    }

    ProductForm readPower(const Expr& base, const Expr& exponent)
    {
        const auto number = writtenNumber(exponent);
        if (number && number->isInteger())
            return read(base).raised(exponent);
        const Expr simple = run(base);
        const bool isE = simple->kind == Kind::Constant && simple->text == "e";
        if (isE && isFunction(exponent, "ln")) // e^(ln u) = u
            return read(exponent->args[0]);
        if (isE && exponent->kind == Kind::Multiply && exponent->args.size() == 2 &&
            isFunction(exponent->args[1], "ln")) { // e^(3 ln u) = u^3
            const auto times = writtenNumber(exponent->args[0]);
            if (times && times->isInteger())
                return read(exponent->args[1]->args[0]).raised(exponent->args[0]);
        }
        // (2^x)^y is 2^(x y), for the base is positive; (x^2)^(1/2) is no x.
        if (simple->kind == Kind::Power) {
            const auto inner = writtenNumber(simple->args[0]);
            const bool positive = (inner && inner->sign() > 0) ||
                                  (simple->args[0]->kind == Kind::Constant && simple->args[0]->text == "e");
            if (positive)
                return readPower(simple->args[0], run(multiply({simple->args[1], exponent})));
        }
        ProductForm result(m_budget);
        if (number) {
            multiplyRadical(result, simple, *number);
            return result;
        }
        // 2^(x + log_2 3) is 3 * 2^x.
        std::vector<Expr> left;
        for (const Expr& term : exponent->kind == Kind::Add ? exponent->args : std::vector<Expr>{exponent}) {
            const auto taken = powerOfLogarithm(simple, term);
            if (taken)
                result.multiply(*taken);
            else
                left.push_back(term);
        }
        if (!left.empty())
            result.multiply(simple, left.size() == 1 ? left[0] : add(left));
        return result;
    }

    // b^(n log_p v) is v^(k n) for b = p^k and a whole number k n.
    std::optional<ProductForm> powerOfLogarithm(const Expr& base, const Expr& term)
    {
        const auto b = writtenNumber(base);
        if (!b || b->sign() <= 0)
            return std::nullopt;
        const ProductForm product = read(term);
        const bool lone = product.factors().size() == 1 && sameTree(product.factors()[0].exponent, integer(1));
        const Expr logarithm = lone ? product.factors()[0].base : nullptr;
        if (!logarithm || !isFunction(logarithm, "log") || logarithm->args.size() != 2)
            return std::nullopt;
        const auto p = writtenNumber(logarithm->args[1]);
        for (long k = -12; p && p->sign() > 0 && k <= 12; ++k) {
            Rational power, times;
            fmpq_pow_si(power.get(), p->get(), k);
            fmpq_mul(times.get(), product.coefficient().get(), Rational(k).get());
            if (k != 0 && power == *b && times.isInteger())
                return read(logarithm->args[0]).raised(rationalExpr(times));
        }
        return std::nullopt;
    }

    // sqrt(1 - x^2/4) is sqrt(4 - x^2)/2, sqrt(4x) is 2 sqrt(x): what u has in common with a power is taken out. With
    // u = c v for a number c = n/d, and n d^(q-1) = s^q m: u^(p/q) = (s/d)^p (m v)^(p/q).
    void multiplyRadical(ProductForm& result, const Expr& u, const Rational& exponent)
    {
        Rational content = contentOf(u);
        const bool usual = u->kind == Kind::Add || u->kind == Kind::Multiply || u->kind == Kind::Divide;
        const long q = fmpz_get_si(fmpq_denref(exponent.get()));
        if (!usual || content.sign() <= 0 || content.bits() > 400 || q > 6)
            return result.multiply(u, rationalExpr(exponent));
        Rational whole, d, taken, rest;
        fmpz_set(fmpq_numref(d.get()), fmpq_denref(content.get()));
        fmpz_pow_ui(fmpq_numref(whole.get()), fmpq_numref(d.get()), static_cast<unsigned long>(q) - 1);
        fmpz_mul(fmpq_numref(whole.get()), fmpq_numref(whole.get()), fmpq_numref(content.get()));
        ProductForm root(m_budget);
        root.multiply(rationalExpr(whole), rationalExpr(Rational(1, static_cast<unsigned long>(q))));
        taken = root.coefficient(); // s
        fmpq_pow_si(rest.get(), taken.get(), q);
        fmpq_div(rest.get(), whole.get(), rest.get()); // m
        fmpq_div(taken.get(), taken.get(), d.get());
        if (fmpq_is_one(taken.get()) != 0)
            return result.multiply(u, rationalExpr(exponent));
        Rational scale;
        fmpq_div(scale.get(), rest.get(), content.get());
        const Expr inner = expanded(multiply({rationalExpr(scale), u}), m_budget);
        Rational p;
        fmpz_set(fmpq_numref(p.get()), fmpq_numref(exponent.get()));
        result.multiply(rationalExpr(taken), rationalExpr(p));
        result.multiply(inner, rationalExpr(exponent));
    }

    // The number in front of a product, or what the coefficients of a sum have in common.
    Rational contentOf(const Expr& u)
    {
        if (u->kind != Kind::Add)
            return read(u).coefficient();
        Rational content;
        for (const Expr& term : u->args) {
            Rational coefficient = read(term).coefficient();
            fmpq_abs(coefficient.get(), coefficient.get());
            fmpq_gcd(content.get(), content.get(), coefficient.get());
        }
        return content;
    }

    ProductForm readCall(const Expr& e)
    {
        std::vector<Expr> args = all(e->args);
        const std::string& name = e->text;
        if (args.size() == 1) {
            if (const Expr known = specialValue(name, args[0]))
                return read(known);
            if (name == "ln" && args[0]->kind == Kind::Power && args[0]->args[0]->kind == Kind::Constant &&
                args[0]->args[0]->text == "e")
                return read(args[0]->args[1]);
            if (const auto value = writtenNumber(args[0]); value && name == "abs")
                return number(absolute(*value));
            if (name == "abs" && freeSymbols(args[0]).empty()) {
                const Ball value = evaluateBall(args[0], {}, 64, m_budget).ball;
                if (value.surelyPositive() || value.surelyNegative())
                    return read(value.surelyPositive() ? args[0] : negate(args[0]));
            }
            const bool negative = args[0]->kind == Kind::Negate;
            if (negative && (isEven(name) || isOdd(name))) {
                ProductForm result = read(function(name, {args[0]->args[0]}));
                if (isOdd(name))
                    result.scale(Rational(-1));
                return result;
            }
        }
        const Expr call = withArguments(*e, std::move(args));
        if (const auto value = rationalValue(call, {}, m_budget))
            return number(*value);
        if (name == "log" && call->args.size() == 2 && sameTree(call->args[0], call->args[1]))
            return number(Rational(1));
        return single(call);
    }

    static Rational absolute(Rational value)
    {
        fmpq_abs(value.get(), value.get());
        return value;
    }

    ProductForm readSum(const Expr& e)
    {
        std::vector<Term> terms;
        collect(e, Rational(1), terms);
        std::erase_if(terms, [](const Term& term) { return term.coefficient.sign() == 0; });
        if (terms.empty())
            return number(Rational(0));
        if (terms.size() == 1) {
            ProductForm result = terms[0].form;
            result.scale(terms[0].coefficient);
            return result;
        }
        return single(sumOf(std::move(terms)));
    }

    void collect(const Expr& e, const Rational& scale, std::vector<Term>& terms)
    {
        if (!m_budget.spend(1))
            return terms.push_back({e, single(e), scale});
        if (e->kind == Kind::Add || e->kind == Kind::Mixed) {
            for (const Expr& arg : e->args)
                collect(arg, scale, terms);
            return;
        }
        ProductForm product = read(e);
        product.scale(scale);
        if (const Expr sum = product.loneSum()) {
            for (const Expr& arg : sum->args)
                collect(arg, product.coefficient(), terms);
            return;
        }
        const Rational coefficient = product.coefficient();
        product.setCoefficient(Rational(coefficient.sign() == 0 ? 0 : 1));
        const Expr rest = product.expression();
        const auto same =
            std::find_if(terms.begin(), terms.end(), [&](const Term& term) { return sameTree(term.rest, rest); });
        m_budget.spend(static_cast<long>(terms.size()));
        if (same == terms.end())
            terms.push_back({rest, product, coefficient});
        else
            fmpq_add(same->coefficient.get(), same->coefficient.get(), coefficient.get());
    }

    // Polynomials by falling degree; other sums in the order in which they arose, numbers last, no minus in front.
    Expr sumOf(std::vector<Term> terms) const
    {
        const bool polynomial =
            std::all_of(terms.begin(), terms.end(), [](const Term& term) { return degreeOf(term.rest) >= 0; });
        if (polynomial) {
            std::stable_sort(terms.begin(), terms.end(),
                             [](const Term& a, const Term& b) { return degreeOf(a.rest) > degreeOf(b.rest); });
        } else {
            std::stable_partition(terms.begin(), terms.end(),
                                  [](const Term& t) { return t.rest->kind != Kind::Number; });
        }
        const bool minusFirst = terms[0].coefficient.sign() < 0 && (!polynomial || terms.size() == 2);
        if (minusFirst) {
            const auto positive =
                std::find_if(terms.begin(), terms.end(), [](const Term& term) { return term.coefficient.sign() > 0; });
            if (positive != terms.end())
                std::rotate(terms.begin(), positive, positive + 1);
        }
        std::vector<Expr> parts;
        for (const Term& term : terms) {
            Rational size;
            fmpq_abs(size.get(), term.coefficient.get());
            ProductForm product = term.form;
            product.setCoefficient(size);
            Expr part = product.expression();
            parts.push_back(term.coefficient.sign() < 0 ? negate(std::move(part)) : part);
        }
        return add(std::move(parts));
    }

    const Budget& m_budget;
    std::unordered_set<Expr> m_simple; // what came out already need not be gone through again
};

} // namespace

std::optional<Rational> writtenNumber(const Expr& expr)
{
    if (expr->kind == Kind::Number)
        return rationalOf(expr->text);
    if (expr->kind == Kind::Negate) {
        auto inner = writtenNumber(expr->args[0]);
        if (inner)
            fmpq_neg(inner->get(), inner->get());
        return inner;
    }
    if (expr->kind != Kind::Divide || expr->args[0]->kind != Kind::Number || expr->args[1]->kind != Kind::Number)
        return std::nullopt;
    auto top = rationalOf(expr->args[0]->text);
    const auto bottom = rationalOf(expr->args[1]->text);
    if (!top || !bottom || bottom->sign() == 0)
        return std::nullopt;
    fmpq_div(top->get(), top->get(), bottom->get());
    return top;
}

Expr simplified(const Expr& expr, const Budget& budget) { return Simplifier(budget).run(expr); }

} // namespace lemma::tutor
