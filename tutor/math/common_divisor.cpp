#include "tutor/math/common_divisor.h"

#include <utility>

#include "tutor/math/quotient.h"
#include "tutor/math/rational_value.h"

namespace lemma::tutor {
namespace {

class Fold {
public:
    Fold(const std::vector<Expr>& polynomials, const Budget& budget) : m_polynomials(polynomials), m_budget(budget) {}

    Expr run(bool divisor)
    {
        for (const Expr& e : m_polynomials)
            if (!collectUnknowns(e, m_unknowns, m_budget))
                return nullptr;
        const PolynomialRing ring(m_unknowns.size());
        const QuotientReader reader(ring, m_unknowns, m_budget);
        IntegerPolynomial result(ring);
        if (!divisor)
            fmpz_mpoly_one(result.get(), ring.get());
        bool fractions = false;
        for (const Expr& e : m_polynomials) {
            auto read = reader.read(e);
            if (!read || fmpz_mpoly_is_fmpz(read->bottom.get(), ring.get()) == 0)
                return nullptr;
            fractions = fractions || fmpz_mpoly_is_one(read->bottom.get(), ring.get()) == 0;
            if (!fold(result, read->top, divisor, ring, reader))
                return nullptr;
        }
        return expression(result, fractions, ring);
    }

private:
    // result = gcd(result, next), or result next / gcd(result, next)
    bool fold(IntegerPolynomial& result, const IntegerPolynomial& next, bool divisor, const PolynomialRing& ring,
              const QuotientReader& reader) const
    {
        // FLINT's gcd cannot be interrupted, so it only sees what is small.
        constexpr long manyTerms = 64, manyBits = 512;
        if (result.terms() > manyTerms || next.terms() > manyTerms || result.bits() > manyBits ||
            next.bits() > manyBits || !m_budget.spend(1000))
            return false;
        IntegerPolynomial common(ring);
        if (fmpz_mpoly_gcd(common.get(), result.get(), next.get(), ring.get()) == 0)
            return false;
        if (divisor) {
            result = common;
            return true;
        }
        const auto both = reader.product(result, next);
        if (!both || common.isZero())
            return false;
        return fmpz_mpoly_divides(result.get(), both->get(), common.get(), ring.get()) != 0;
    }

    Expr expression(IntegerPolynomial& polynomial, bool monic, const PolynomialRing& ring) const
    {
        if (polynomial.isZero())
            return integer(0);
        std::vector<Expr> terms;
        Rational coefficient, leading(1);
        for (slong i = 0; i < polynomial.terms(); ++i) {
            fmpz_mpoly_get_term_coeff_fmpz(fmpq_numref(coefficient.get()), polynomial.get(), i, ring.get());
            if (i == 0 && monic)
                leading = coefficient;
            Rational scaled;
            fmpq_div(scaled.get(), coefficient.get(), leading.get());
            std::vector<Expr> factors = {rationalExpr(scaled)};
            for (std::size_t k = 0; k < m_unknowns.size(); ++k)
                if (const auto exponent =
                        fmpz_mpoly_get_term_var_exp_ui(polynomial.get(), i, static_cast<slong>(k), ring.get()))
                    factors.push_back(power(m_unknowns[k], integer(static_cast<long>(exponent))));
            terms.push_back(factors.size() == 1 ? factors[0] : multiply(std::move(factors)));
        }
        return terms.size() == 1 ? terms[0] : add(std::move(terms));
    }

    const std::vector<Expr>& m_polynomials;
    const Budget& m_budget;
    std::vector<Expr> m_unknowns;
};

} // namespace

Expr polynomialDivisor(const std::vector<Expr>& polynomials, const Budget& budget)
{
    return Fold(polynomials, budget).run(true);
}

Expr polynomialMultiple(const std::vector<Expr>& polynomials, const Budget& budget)
{
    return Fold(polynomials, budget).run(false);
}

} // namespace lemma::tutor
