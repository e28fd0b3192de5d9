#include "tutor/checker/equality.h"

#include "tutor/checker/comparison.h"
#include "tutor/math/exact_memory.h"

namespace lemma::tutor {

Verdict compare(const Expr& gold, const Expr& answer, const Assumptions& assumptions, const Budget& budget)
{
    releaseExactMemoryAtThreadEnd();
    Policy policy;
    policy.percent = PercentMeaning::Hundredths; // mathematics, not a student's answer
    policy.assumptions = assumptions;
    return Comparison(policy, budget).compare(gold, answer);
}

} // namespace lemma::tutor
