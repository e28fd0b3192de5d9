#include "tutor/calculus/product_form.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "tutor/calculus/simplify.h"
#include "tutor/math/print.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

constexpr long largestBits = 4000; // of a power that is written out
constexpr long largestDegree = 24; // of a root from which powers are taken out

std::optional<long> smallInteger(const Rational& value)
{
    if (!value.isInteger() || fmpz_fits_si(fmpq_numref(value.get())) == 0)
        return std::nullopt;
    return fmpz_get_si(fmpq_numref(value.get()));
}

// n = taken^degree * rest for whole n > 0, as far as small primes and a last perfect power show.
void takeOutPowers(fmpz* taken, fmpz* rest, long degree)
{
    fmpz_one(taken);
    fmpz_t prime;
    fmpz_init(prime);
    for (unsigned long p = 2; p < 1000 && fmpz_cmp_ui(rest, 1) > 0; ++p) {
        fmpz_set_ui(prime, p);
        fmpz_pow_ui(prime, prime, static_cast<unsigned long>(degree));
        if (fmpz_cmp(prime, rest) > 0)
            break;
        while (fmpz_divisible(rest, prime) != 0) {
            fmpz_divexact(rest, rest, prime);
            fmpz_mul_ui(taken, taken, p);
        }
    }
    if (fmpz_root(prime, rest, degree) != 0) {
        fmpz_mul(taken, taken, prime);
        fmpz_one(rest);
    }
    fmpz_clear(prime);
}

Expr wholeExpr(const fmpz* value)
{
    Rational number;
    fmpz_set(fmpq_numref(number.get()), value);
    return rationalExpr(number);
}

// Where a factor stands in a product that a person writes: sqrt(2) pi x (x + 1) e^x ln(x) sin(x).
int rank(const ProductForm::Factor& factor)
{
    const bool numericExponent = writtenNumber(factor.exponent).has_value();
    switch (factor.base->kind) {
    case Kind::Number: return numericExponent ? 0 : 4;
    case Kind::Constant: return numericExponent ? 1 : 4;
    case Kind::Symbol: return numericExponent ? 2 : 4;
    case Kind::Add: return 3;
    case Kind::Function: return factor.base->text == "ln" || factor.base->text == "log" ? 5 : 6;
    default: return 7;
    }
}

bool standsBefore(const ProductForm::Factor& a, const ProductForm::Factor& b)
{
    const int ra = rank(a), rb = rank(b);
    if (ra != rb)
        return ra < rb;
    const auto key = [](const Expr& e) { // the sine before the cosine, f before f'
        return (e->kind == Kind::Function && e->text == "sin" ? "" : toTreeText(e));
    };
    if (a.base->kind == Kind::Apply && b.base->kind == Kind::Apply)
        return a.base->text < b.base->text;
    return key(a.base) < key(b.base);
}

Expr powerOf(const Expr& base, const Rational& exponent)
{
    if (fmpq_is_one(exponent.get()) != 0)
        return base;
    if (!exponent.isInteger() && fmpz_is_one(fmpq_numref(exponent.get())) != 0)
        return makeNode(Kind::Root, "", {base, wholeExpr(fmpq_denref(exponent.get()))});
    return power(base, rationalExpr(exponent));
}

Expr productOf(std::vector<Expr> factors)
{
    return factors.size() == 1 ? factors[0] : makeNode(Kind::Multiply, "", std::move(factors));
}

} // namespace

Expr ProductForm::loneSum() const
{
    const bool lone = m_factors.size() == 1 && m_factors[0].base->kind == Kind::Add;
    const auto exponent = lone ? writtenNumber(m_factors[0].exponent) : std::nullopt;
    return exponent && fmpq_is_one(exponent->get()) != 0 ? m_factors[0].base : nullptr;
}

void ProductForm::scale(const Rational& by)
{
    fmpq_mul(m_coefficient.get(), m_coefficient.get(), by.get());
    if (m_coefficient.sign() == 0)
        m_factors.clear();
}

void ProductForm::multiply(const Expr& base, const Expr& exponent)
{
    if (m_coefficient.sign() == 0)
        return;
    const auto number = writtenNumber(base);
    const auto by = writtenNumber(exponent);
    if (by && by->sign() == 0)
        return;
    if (number && by)
        return multiplyNumber(*number, *by);
    if (base->kind == Kind::Constant && base->text == "i" && by && by->isInteger()) {
        const unsigned long turns = fmpz_fdiv_ui(fmpq_numref(by->get()), 4);
        if (turns >= 2)
            scale(Rational(-1));
        if (turns % 2 == 0)
            return;
        const auto at = std::find_if(m_factors.begin(), m_factors.end(),
                                     [&](const Factor& factor) { return sameTree(factor.base, base); });
        if (at == m_factors.end()) {
            m_factors.push_back({base, integer(1)});
            return;
        }
        m_factors.erase(at);
        return scale(Rational(-1));
    }
    const auto same = std::find_if(m_factors.begin(), m_factors.end(),
                                   [&](const Factor& factor) { return sameTree(factor.base, base); });
    if (same == m_factors.end()) {
        m_factors.push_back({base, exponent});
        return;
    }
    const auto old = writtenNumber(same->exponent);
    Expr together;
    if (old && by) {
        Rational sum;
        fmpq_add(sum.get(), old->get(), by->get());
        together = rationalExpr(sum);
    } else {
        together = simplified(add({same->exponent, exponent}), *m_budget);
    }
    m_factors.erase(same);
    multiply(base, together);
}

void ProductForm::multiply(const ProductForm& other)
{
    scale(other.m_coefficient);
    for (const Factor& factor : other.m_factors)
        multiply(factor.base, factor.exponent);
}

void ProductForm::multiplyNumber(const Rational& base, const Rational& exponent)
{
    const auto keep = [&] { m_factors.push_back({rationalExpr(base), rationalExpr(exponent)}); };
    if (base.sign() == 0)
        return exponent.sign() > 0 ? scale(Rational(0)) : keep();
    if (exponent.isInteger()) {
        const auto n = smallInteger(exponent);
        if (!n || std::labs(*n) > largestBits || base.bits() * std::labs(*n) > largestBits)
            return keep();
        Rational value;
        fmpq_pow_si(value.get(), base.get(), *n);
        return scale(value);
    }
    if (base.sign() < 0 && fmpz_is_even(fmpq_denref(exponent.get())) != 0)
        return keep(); // no real number
    Rational size;
    fmpq_abs(size.get(), base.get());
    if (base.sign() < 0 && fmpz_is_odd(fmpq_numref(exponent.get())) != 0)
        scale(Rational(-1));
    Rational whole, part;
    fmpz_fdiv_q(fmpq_numref(whole.get()), fmpq_numref(exponent.get()), fmpq_denref(exponent.get()));
    fmpq_sub(part.get(), exponent.get(), whole.get());
    multiplyNumber(size, whole);
    multiplySurd(size, part);
}

// (n/d)^(p/q) for 0 < p/q < 1 is the q-th root of n^p d^(q-p), over d.
void ProductForm::multiplySurd(const Rational& base, const Rational& exponent)
{
    if (exponent.sign() == 0)
        return;
    const bool small = fmpz_cmp_si(fmpq_denref(exponent.get()), largestDegree) <= 0;
    if (!small || base.bits() * largestDegree > largestBits) {
        m_factors.push_back({rationalExpr(base), rationalExpr(exponent)});
        return;
    }
    const auto top = static_cast<unsigned long>(fmpz_get_si(fmpq_numref(exponent.get())));
    long degree = fmpz_get_si(fmpq_denref(exponent.get()));
    Rational radicand, part, taken, bottom;
    fmpz_pow_ui(fmpq_numref(radicand.get()), fmpq_numref(base.get()), top);
    fmpz_pow_ui(fmpq_numref(part.get()), fmpq_denref(base.get()), static_cast<unsigned long>(degree) - top);
    fmpz_mul(fmpq_numref(radicand.get()), fmpq_numref(radicand.get()), fmpq_numref(part.get()));
    fmpz_set(fmpq_denref(bottom.get()), fmpq_denref(base.get()));
    fmpz_one(fmpq_numref(bottom.get()));
    scale(bottom);
    // sqrt(2) sqrt(6) is one root.
    const auto other = std::find_if(m_factors.begin(), m_factors.end(), [&](const Factor& factor) {
        const auto its = writtenNumber(factor.exponent);
        return writtenNumber(factor.base) && its && *its == Rational(1, static_cast<unsigned long>(degree));
    });
    if (other != m_factors.end()) {
        fmpq_mul(radicand.get(), radicand.get(), writtenNumber(other->base)->get());
        m_factors.erase(other);
    }
    takeOutPowers(fmpq_numref(taken.get()), fmpq_numref(radicand.get()), degree);
    scale(taken);
    Rational root;
    while (degree > 2) { // the fourth root of 4 is the square root of 2
        long divisor = 2;
        while (divisor < degree &&
               (degree % divisor != 0 || fmpz_root(fmpq_numref(root.get()), fmpq_numref(radicand.get()), divisor) == 0))
            ++divisor;
        if (divisor >= degree)
            break;
        radicand = root;
        degree /= divisor;
    }
    if (fmpq_is_one(radicand.get()) == 0)
        m_factors.push_back({rationalExpr(radicand), rationalExpr(Rational(1, static_cast<unsigned long>(degree)))});
}

ProductForm ProductForm::raised(const Expr& exponent) const
{
    const auto number = writtenNumber(exponent);
    const auto n = number ? smallInteger(*number) : std::nullopt;
    ProductForm result(*m_budget);
    if (!n) {
        result.multiply(expression(), exponent);
        return result;
    }
    result.multiply(rationalExpr(m_coefficient), exponent);
    for (const Factor& factor : m_factors) {
        const auto its = writtenNumber(factor.exponent);
        Rational scaled;
        if (its)
            fmpq_mul(scaled.get(), its->get(), number->get());
        result.multiply(factor.base, its ? rationalExpr(scaled)
                                         : simplified(lemma::tutor::multiply({exponent, factor.exponent}), *m_budget));
    }
    return result;
}

Expr ProductForm::expression() const
{
    if (m_coefficient.sign() == 0)
        return integer(0);
    std::vector<Factor> sorted = m_factors;
    std::stable_sort(sorted.begin(), sorted.end(), standsBefore);
    std::vector<Expr> over, under;
    Rational top, bottom;
    fmpz_abs(fmpq_numref(top.get()), fmpq_numref(m_coefficient.get()));
    fmpz_set(fmpq_numref(bottom.get()), fmpq_denref(m_coefficient.get()));
    if (fmpq_is_one(bottom.get()) == 0)
        under.push_back(rationalExpr(bottom));
    for (const Factor& factor : sorted) {
        const auto exponent = writtenNumber(factor.exponent);
        if (!exponent) {
            over.push_back(power(factor.base, factor.exponent));
        } else if (exponent->sign() > 0) {
            over.push_back(powerOf(factor.base, *exponent));
        } else {
            Rational positive;
            fmpq_neg(positive.get(), exponent->get());
            under.push_back(powerOf(factor.base, positive));
        }
    }
    if (fmpq_is_one(top.get()) == 0 || over.empty())
        over.insert(over.begin(), rationalExpr(top));
    const bool negative = m_coefficient.sign() < 0;
    if (negative && under.empty() && over.size() == 1 && over[0]->kind == Kind::Add) { // -(a - b) is b - a
        std::vector<Expr> terms;
        for (const Expr& term : over[0]->args)
            terms.push_back(term->kind == Kind::Negate ? term->args[0] : negate(term));
        if (terms[0]->kind == Kind::Negate)
            std::stable_partition(terms.begin(), terms.end(), [](const Expr& e) { return e->kind != Kind::Negate; });
        return add(std::move(terms));
    }
    Expr result = productOf(std::move(over));
    if (!under.empty())
        result = divide(std::move(result), productOf(std::move(under)));
    return negative ? negate(std::move(result)) : result;
}

} // namespace lemma::tutor
