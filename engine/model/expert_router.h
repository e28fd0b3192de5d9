#pragma once
// Which experts a token goes to, and with what weight (DeepSeek-AI, "DeepSeek-V3", 2024, equations 12 to 16).

#include <span>
#include <vector>

#include "engine/model/model_config.h"

namespace lemma::engine {

struct ExpertShare {
    int expert = 0;
    float share = 0;
};

// `scores`: the router's output for one token, [expertCount]; overwritten. `selectionBias`: [expertCount] or empty.
// The result has usedCount entries in the order of expert numbers; equal scores go to the lower number.
std::vector<ExpertShare> routeToken(const ExpertMixture& mixture, std::span<float> scores,
                                    std::span<const float> selectionBias);

} // namespace lemma::engine
