#pragma once
// 3 \pm x: one of two readings, or both.

#include "tutor/math/expression.h"

namespace lemma::tutor {

// Every \pm read as + (\mp as -) where `upper`, the other way round otherwise.
Expr withSign(const Expr& e, bool upper);

} // namespace lemma::tutor
