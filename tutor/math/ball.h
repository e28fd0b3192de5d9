#pragma once
// Values as balls of Arb: the true value lies inside, whatever was rounded. What proves that two things differ.
//
//     const BallValue value = evaluateBall(*parseMath("x^2 - 2"), {{"x", Rational(3, 2)}}, 128, budget);
//     value.status == BallStatus::Defined, value.ball.surelyNonzero()
//
// Over the reals unless i occurs: the square root of -1 is undefined, the cube root of -8 is -2. Unknown functions f(x)
// are given a fixed meaning, so that a difference that is found is a real one (equality proves nothing about them).

#include <map>
#include <string>

#include <acb.h>

#include "tutor/math/budget.h"
#include "tutor/math/expression.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {

class Ball {
public:
    Ball() { acb_init(m_value); }
    Ball(const Ball& other) : Ball() { acb_set(m_value, other.m_value); }
    Ball& operator=(const Ball& other)
    {
        acb_set(m_value, other.m_value);
        return *this;
    }
    ~Ball() { acb_clear(m_value); }

    acb_ptr get() { return m_value; }
    acb_srcptr get() const { return m_value; }

    bool surelyNonzero() const { return acb_is_finite(m_value) != 0 && acb_contains_zero(m_value) == 0; }
    // Contains zero, and nothing farther from it than 2^-bits. Absolute: relative accuracy proves nothing about
    // differences.
    bool withinOfZero(long bits) const;
    bool surelyPositive() const { return acb_is_real(m_value) != 0 && arb_is_positive(acb_realref(m_value)) != 0; }
    bool surelyNegative() const { return acb_is_real(m_value) != 0 && arb_is_negative(acb_realref(m_value)) != 0; }

private:
    acb_t m_value;
};

enum class BallStatus : unsigned char {
    Defined,
    Undefined, // surely no value: 1/0, the square root of a negative number
    Unclear,   // the precision does not say, or the notation has no value that we compute
};

struct BallValue {
    BallStatus status = BallStatus::Unclear;
    Ball ball;
};

using Point = std::map<std::string, Rational>;

BallValue evaluateBall(const Expr& expr, const Point& point, long precision, const Budget& budget,
                       bool complex = false);

} // namespace lemma::tutor
