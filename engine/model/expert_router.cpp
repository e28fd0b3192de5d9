#include "engine/model/expert_router.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace lemma::engine {
namespace {

void gate(ExpertGating gating, std::span<float> scores)
{
    if (gating == ExpertGating::Sigmoid) {
        for (float& score : scores)
            score = 1.0f / (1.0f + std::exp(-score));
        return;
    }
    const float largest = *std::ranges::max_element(scores);
    float sum = 0;
    for (float& score : scores) {
        score = std::exp(score - largest);
        sum += score;
    }
    for (float& score : scores)
        score /= sum;
}

// Numbers of the `count` largest values; a NaN counts as the smallest.
std::vector<int> largest(std::span<const float> values, int count)
{
    std::vector<int> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    const auto value = [&](int i) {
        const float v = values[static_cast<std::size_t>(i)];
        return std::isnan(v) ? -std::numeric_limits<float>::infinity() : v;
    };
    std::ranges::stable_sort(order, std::greater{}, value);
    order.resize(static_cast<std::size_t>(count));
    return order;
}

// Leaves only the experts of the best groups; a group counts by the sum of its two best experts.
void keepBestGroups(const ExpertMixture& mixture, std::vector<float>& selection)
{
    const std::size_t size = selection.size() / static_cast<std::size_t>(mixture.groupCount);
    std::vector<float> groupScores;
    for (std::size_t first = 0; first < selection.size(); first += size) {
        const std::span<const float> group = std::span(selection).subspan(first, size);
        const std::vector<int> best = largest(group, size > 1 ? 2 : 1);
        float sum = 0;
        for (const int expert : best)
            sum += group[static_cast<std::size_t>(expert)];
        groupScores.push_back(sum);
    }
    std::vector<bool> kept(groupScores.size());
    for (const int group : largest(groupScores, mixture.groupUsedCount))
        kept[static_cast<std::size_t>(group)] = true;
    for (std::size_t expert = 0; expert < selection.size(); ++expert) {
        if (!kept[expert / size])
            selection[expert] = -std::numeric_limits<float>::infinity();
    }
}

} // namespace

std::vector<ExpertShare> routeToken(const ExpertMixture& mixture, std::span<float> scores,
                                    std::span<const float> selectionBias)
{
    gate(mixture.gating, scores);
    std::vector<float> selection(scores.begin(), scores.end());
    for (std::size_t i = 0; i < selectionBias.size(); ++i)
        selection[i] += selectionBias[i];
    if (mixture.groupUsedCount < mixture.groupCount)
        keepBestGroups(mixture, selection);

    std::vector<int> chosen = largest(selection, mixture.usedCount);
    std::ranges::sort(chosen);
    float sum = 0;
    for (const int expert : chosen)
        sum += scores[static_cast<std::size_t>(expert)];
    constexpr float smallestHalf = 6.103515625e-5f; // keeps the division finite, as llama.cpp does
    const float factor = mixture.weightsScale / (mixture.normalizeWeights ? std::max(sum, smallestHalf) : 1.0f);
    std::vector<ExpertShare> shares;
    for (const int expert : chosen)
        shares.push_back({expert, scores[static_cast<std::size_t>(expert)] * factor});
    return shares;
}

} // namespace lemma::engine
