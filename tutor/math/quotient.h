#pragma once
// Expressions as quotients of polynomials with integer coefficients: in the variables, and in whatever is not rational
// (sin x, the root of 2, pi), each of which is an unknown of its own. What rational_form.h and common_divisor.h are
// made of.
//
//     std::vector<Expr> unknowns;
//     if (collectUnknowns(expr, unknowns, budget)) {
//         const PolynomialRing ring(unknowns.size());
//         auto quotient = QuotientReader(ring, unknowns, budget).read(expr);     // nothing: too large, or 1/0
//     }
//
// A polynomial keeps a pointer to its ring. Sizes are bounded by Budget's limits.

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include <flint/fmpz_mpoly.h>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"

namespace lemma::tutor {

// Gathers the unknowns of an expression. False where it has parts that are no numbers, or too many unknowns.
bool collectUnknowns(const Expr& e, std::vector<Expr>& unknowns, const Budget& budget);

class PolynomialRing {
public:
    explicit PolynomialRing(std::size_t unknowns)
    {
        fmpz_mpoly_ctx_init(m_ring, std::max<slong>(1, static_cast<slong>(unknowns)), ORD_LEX);
    }
    ~PolynomialRing() { fmpz_mpoly_ctx_clear(m_ring); }
    PolynomialRing(const PolynomialRing&) = delete;
    PolynomialRing& operator=(const PolynomialRing&) = delete;
    const fmpz_mpoly_ctx_struct* get() const { return m_ring; }

private:
    fmpz_mpoly_ctx_t m_ring;
};

class IntegerPolynomial {
public:
    explicit IntegerPolynomial(const PolynomialRing& ring) : m_ring(&ring) { fmpz_mpoly_init(m_value, ring.get()); }
    IntegerPolynomial(const IntegerPolynomial& other) : IntegerPolynomial(*other.m_ring)
    {
        fmpz_mpoly_set(m_value, other.m_value, m_ring->get());
    }
    IntegerPolynomial& operator=(const IntegerPolynomial& other)
    {
        fmpz_mpoly_set(m_value, other.m_value, m_ring->get());
        return *this;
    }
    ~IntegerPolynomial() { fmpz_mpoly_clear(m_value, m_ring->get()); }
    fmpz_mpoly_struct* get() { return m_value; }
    const fmpz_mpoly_struct* get() const { return m_value; }
    long terms() const { return fmpz_mpoly_length(m_value, m_ring->get()); }
    long bits() const { return std::abs(fmpz_mpoly_max_bits(m_value)); }
    bool isZero() const { return fmpz_mpoly_is_zero(m_value, m_ring->get()) != 0; }

private:
    const PolynomialRing* m_ring;
    fmpz_mpoly_t m_value;
};

struct PolynomialQuotient {
    IntegerPolynomial top, bottom;
};

class QuotientReader {
public:
    QuotientReader(const PolynomialRing& ring, const std::vector<Expr>& unknowns, const Budget& budget)
        : m_ring(ring), m_unknowns(unknowns), m_budget(budget)
    {
    }

    std::optional<PolynomialQuotient> read(const Expr& e) const;
    std::optional<IntegerPolynomial> product(const IntegerPolynomial& a, const IntegerPolynomial& b) const;

private:
    std::optional<PolynomialQuotient> number(const std::string& text) const;
    std::optional<PolynomialQuotient> unknown(const Expr& e) const;
    std::optional<PolynomialQuotient> times(const std::optional<PolynomialQuotient>& a,
                                            const std::optional<PolynomialQuotient>& b, long sign) const;
    std::optional<PolynomialQuotient> over(const std::optional<PolynomialQuotient>& a,
                                           const std::optional<PolynomialQuotient>& b) const;
    std::optional<PolynomialQuotient> plus(const std::optional<PolynomialQuotient>& a,
                                           const std::optional<PolynomialQuotient>& b) const;
    std::optional<PolynomialQuotient> power(const std::optional<PolynomialQuotient>& base, long exponent) const;

    const PolynomialRing& m_ring;
    const std::vector<Expr>& m_unknowns;
    const Budget& m_budget;
};

} // namespace lemma::tutor
