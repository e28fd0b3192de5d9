#include "tutor/math/rational_form.h"

#include "tutor/math/quotient.h"

namespace lemma::tutor {

Truth equalByAlgebra(const Expr& a, const Expr& b, const Budget& budget)
{
    std::vector<Expr> unknowns;
    if (!collectUnknowns(a, unknowns, budget) || !collectUnknowns(b, unknowns, budget))
        return Truth::Unknown;
    const PolynomialRing ring(unknowns.size());
    const QuotientReader reading(ring, unknowns, budget);
    const auto left = reading.read(a), right = reading.read(b);
    if (!left || !right)
        return Truth::Unknown;
    const auto across = reading.product(left->top, right->bottom), down = reading.product(right->top, left->bottom);
    if (!across || !down)
        return Truth::Unknown;
    return fmpz_mpoly_equal(across->get(), down->get(), ring.get()) != 0 ? Truth::Yes : Truth::Unknown;
}

} // namespace lemma::tutor
