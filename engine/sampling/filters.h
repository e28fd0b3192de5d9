#pragma once
// The steps of Sampler on candidates. Private to engine/sampling.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/sampling/parameters.h"

namespace lemma::engine {

struct Candidate {
    std::int32_t token = 0;
    float weight = 0; // probability, not normalised: the most likely token's is 1
};

// Index of the largest logit, the lowest among equals; -1 where none is above -infinity. NaN never wins.
std::int32_t indexOfLargest(std::span<const float> logits);

// What temperature (above 0), top-k, top-p and min-p leave. `largest` is indexOfLargest(logits). Sorted, most likely
// first and lowest id among equals, where top-k or top-p is in use, else in the order of the ids.
std::vector<Candidate> remainingCandidates(std::span<const float> logits, std::int32_t largest,
                                           const SamplingParameters& parameters);

void sortCandidates(std::vector<Candidate>& candidates);

double totalWeight(const std::vector<Candidate>& candidates);

} // namespace lemma::engine
