#include "tutor/working/critical_points.h"

#include <algorithm>

#include <flint/fmpz_poly.h>

#include "tutor/math/rational_function.h"
#include "tutor/math/roots.h"
#include "tutor/working/constant_sign.h"
#include "tutor/working/radical_function.h"

namespace lemma::tutor {
namespace {

class Collector {
public:
    Collector(const std::vector<Expr>& named, const Budget& budget) : m_named(named), m_budget(budget) {}

    void addRoots(const Polynomial& p)
    {
        if (p.degree() < 1)
            return;
        if (!withinLimits(p) || !m_budget.spend(p.degree() * p.degree())) {
            m_complete = false;
            return;
        }
        for (const Factor& factor : factorsOf(p, Domain::Real)) {
            for (const Expr& root : factor.roots)
                addPoint(root);
            if (!factor.complete)
                m_complete = m_complete && rootsAreNamed(factor.polynomial);
        }
    }

    void addPoint(const Expr& point)
    {
        const bool known = std::any_of(m_points.begin(), m_points.end(), [&](const Expr& other) {
            return compareConstantSizes(point, other, m_budget) == Sign::Zero;
        });
        if (!known)
            m_points.push_back(point);
    }

    CriticalPoints take(bool complete)
    {
        for (const Expr& point : m_named)
            addPoint(point);
        complete = complete && m_complete && !m_budget.spent();
        for (std::size_t i = 0; i < m_points.size(); ++i) // two that may be the same number cannot be put in order
            for (std::size_t j = 0; j < i; ++j)
                complete = complete && compareConstantSizes(m_points[i], m_points[j], m_budget) != Sign::Unknown;
        std::sort(m_points.begin(), m_points.end(), [&](const Expr& a, const Expr& b) {
            return approximately(a, m_budget) < approximately(b, m_budget);
        });
        return {std::move(m_points), complete};
    }

private:
    // All real roots of a polynomial that has no formula here are among the constants that the lines name.
    bool rootsAreNamed(const Polynomial& p) const
    {
        std::vector<Expr> found;
        const Expr value = toExpression(p, "x");
        for (const Expr& candidate : m_named) {
            const bool isNew = std::none_of(found.begin(), found.end(), [&](const Expr& other) {
                return compareConstantSizes(candidate, other, m_budget) == Sign::Zero;
            });
            if (isNew && constantSign(substitute(value, "x", candidate), m_budget) == Sign::Zero)
                found.push_back(candidate);
        }
        fmpz_poly_t whole;
        fmpz_poly_init(whole);
        fmpq_poly_get_numerator(whole, p.get());
        const long roots = fmpz_poly_num_real_roots(whole);
        fmpz_poly_clear(whole);
        return static_cast<long>(found.size()) == roots;
    }

    const std::vector<Expr>& m_named;
    const Budget& m_budget;
    std::vector<Expr> m_points;
    bool m_complete = true;
};

} // namespace

CriticalPoints criticalPoints(const std::vector<Expr>& functions, const std::string& variable,
                              const std::vector<Expr>& named, const Budget& budget)
{
    Collector collector(named, budget);
    bool complete = true;
    for (const Expr& function : functions) {
        RadicalField field(variable, budget);
        std::size_t choices = 1;
        for (unsigned signs = 0; signs < choices; ++signs) {
            const auto read = field.read(function, signs);
            choices = std::size_t{1} << field.absoluteValues();
            const auto norm = read ? field.norm(*read) : std::nullopt;
            // A norm that vanishes although the function does not: its zeros are not known.
            const bool hidden = norm && norm->isZero() &&
                                std::any_of(read->numerators.begin(), read->numerators.end(),
                                            [](const Polynomial& p) { return !p.isZero(); });
            if (!norm || hidden)
                complete = false;
            else
                collector.addRoots(*norm);
        }
        for (const Polynomial& border : field.borders())
            collector.addRoots(border);
    }
    return collector.take(complete);
}

} // namespace lemma::tutor
