#pragma once
// What the lines of a system give when two of them are put together: sums, differences, one put into the other. By it a
// line that does not follow is explained (mistakes/explain.h).

#include <vector>

#include "tutor/math/budget.h"
#include "tutor/working/statement.h"

namespace lemma::tutor {

// Equations only, the last lines first; the lines themselves are among them.
std::vector<Expr> systemSteps(const std::vector<Statement>& system, const Budget& budget);

} // namespace lemma::tutor
