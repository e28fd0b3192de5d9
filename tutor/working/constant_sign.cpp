#include "tutor/working/constant_sign.h"

#include "tutor/math/ball.h"
#include "tutor/math/exact_value.h"

namespace lemma::tutor {

Sign constantSign(const Expr& constant, const Budget& budget)
{
    if (containsConstant(constant, "i"))
        return Sign::Unknown;
    bool hasValue = false;
    for (long precision = 64; precision <= 1024 && !budget.spent(); precision *= 4) {
        const BallValue value = evaluateBall(constant, {}, precision, budget);
        if (value.status == BallStatus::Undefined)
            return Sign::NoValue;
        if (value.status == BallStatus::Unclear)
            continue;
        if (value.ball.surelyPositive())
            return Sign::Positive;
        if (value.ball.surelyNegative())
            return Sign::Negative;
        if (acb_is_zero(value.ball.get()) != 0)
            return Sign::Zero;
        hasValue = true;
    }
    // Calcium works over the complex numbers; what has no real value was sorted out above, or stays unknown.
    return hasValue && exactlyZero(constant, budget) == Truth::Yes ? Sign::Zero : Sign::Unknown;
}

Sign compareConstantSizes(const Expr& a, const Expr& b, const Budget& budget)
{
    return constantSign(subtract(a, b), budget);
}

double approximately(const Expr& constant, const Budget& budget)
{
    const BallValue value = evaluateBall(constant, {}, 64, budget);
    return value.status == BallStatus::Defined ? arf_get_d(arb_midref(acb_realref(value.ball.get())), ARF_RND_NEAR) : 0;
}

} // namespace lemma::tutor
