#pragma once
// The values of functions that a student knows by heart: sin(pi/6), ln 1, e^0; and the angles that belong to them.
//
//     specialValue("sin", *parseMath("\\pi/6"))        1/2
//     specialAngle("cos", *parseMath("\\sqrt{3}/2"))   pi/6
//
// Arguments are simplified trees (simplify.h); null where nothing is known by heart.

#include <optional>
#include <string>

#include "tutor/math/expression.h"
#include "tutor/math/rational.h"

namespace lemma::tutor {

Expr specialValue(const std::string& function, const Expr& argument);

// The angle of asin, acos or atan's range whose sin, cos or tan is the value.
Expr specialAngle(const std::string& function, const Expr& value);

// q for q pi; nothing for what is no rational multiple of pi.
std::optional<Rational> multipleOfPi(const Expr& expr);
Expr piTimes(const Rational& multiple);

} // namespace lemma::tutor
