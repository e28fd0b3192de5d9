#pragma once
// Sentences that show a student why a line is wrong.

#include <string>

#include "tutor/working/solutions.h"

namespace lemma::tutor {

// "x = 5 solves the line before; here it gives 15 and 25"
std::string counterexampleText(const Statement& before, const Statement& after, const SolutionComparison& comparison,
                               const Budget& budget);

} // namespace lemma::tutor
