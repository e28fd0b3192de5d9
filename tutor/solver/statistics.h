#pragma once
// Measures of a list of numbers, exactly: what is asked for stands in words before the list.
//
//     solveStatistics("median of 3, 1, 4, 1", budget)        2
//
//     mean, median, mode, range
//     variance, standard deviation            of the whole population: divided by n
//     sample variance, sample standard deviation                       divided by n - 1
//     quartiles       the medians of the lower and the upper half, the middle value in neither (Moore and McCabe)
//
// A variance is computed from the squares of the deviations and again from the squares of the values; they must agree.

#include <optional>
#include <string_view>

#include "tutor/solver/solve.h"

namespace lemma::tutor {

// Empty: the text does not begin like this.
std::optional<Solution> solveStatistics(std::string_view text, const Budget& budget);

} // namespace lemma::tutor
