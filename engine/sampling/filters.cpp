#include "engine/sampling/filters.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lemma::engine {
namespace {

// 152,000 tokens that are all as unlikely as this have 2e-8 of the probability together.
constexpr float smallestExponent = -30;

bool moreLikely(const Candidate& a, const Candidate& b)
{
    return a.weight > b.weight || (a.weight == b.weight && a.token < b.token);
}

// The k largest logits, as candidates whose weight is still the logit, in no order.
std::vector<Candidate> topLogits(std::span<const float> logits, std::size_t k)
{
    std::vector<Candidate> top; // a heap with the least likely one in front
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const Candidate candidate{static_cast<std::int32_t>(i), logits[i]};
        if (top.size() < k) {
            if (candidate.weight == candidate.weight) { // not NaN
                top.push_back(candidate);
                std::push_heap(top.begin(), top.end(), moreLikely);
            }
        } else if (candidate.weight > top.front().weight) { // an equal one has the higher id
            std::pop_heap(top.begin(), top.end(), moreLikely);
            top.back() = candidate;
            std::push_heap(top.begin(), top.end(), moreLikely);
        }
    }
    return top;
}

class Weighing {
public:
    Weighing(float top, float temperature) : m_top(top), m_temperature(temperature) {}

    // 0 for what is too unlikely. Equal logits, infinite ones included, have weight 1; NaN fails every comparison.
    float operator()(float logit) const
    {
        const float exponent = logit == m_top ? 0 : (logit - m_top) / m_temperature;
        return exponent >= smallestExponent ? std::exp(exponent) : 0;
    }

private:
    float m_top;
    float m_temperature;
};

std::vector<Candidate> weighAll(std::span<const float> logits, const Weighing& weigh)
{
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (const float weight = weigh(logits[i]); weight > 0)
            candidates.push_back({static_cast<std::int32_t>(i), weight});
    return candidates;
}

std::vector<Candidate> weighTop(std::span<const float> logits, std::size_t k, const Weighing& weigh)
{
    std::vector<Candidate> candidates = topLogits(logits, k);
    for (Candidate& candidate : candidates)
        candidate.weight = weigh(candidate.weight);
    std::erase_if(candidates, [](const Candidate& candidate) { return candidate.weight <= 0; });
    sortCandidates(candidates);
    return candidates;
}

void keepTopP(std::vector<Candidate>& candidates, double share)
{
    const double total = totalWeight(candidates);
    // Tokens below this have less than 1 - share together, so that none of them is needed: only the others are sorted.
    const double needed = (1 - share) * total / static_cast<double>(candidates.size());
    std::erase_if(candidates,
                  [needed](const Candidate& candidate) { return static_cast<double>(candidate.weight) < needed; });
    sortCandidates(candidates);
    double sum = 0;
    std::size_t kept = 0;
    do {
        sum += static_cast<double>(candidates[kept++].weight);
    } while (kept < candidates.size() && sum < share * total);
    candidates.resize(kept);
}

} // namespace

void sortCandidates(std::vector<Candidate>& candidates) { std::sort(candidates.begin(), candidates.end(), moreLikely); }

double totalWeight(const std::vector<Candidate>& candidates)
{
    double total = 0;
    for (const Candidate& candidate : candidates)
        total += static_cast<double>(candidate.weight);
    return total;
}

std::int32_t indexOfLargest(std::span<const float> logits)
{
    float largest = -std::numeric_limits<float>::infinity();
    std::int32_t index = -1;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        if (logits[i] > largest) { // false for NaN
            largest = logits[i];
            index = static_cast<std::int32_t>(i);
        }
    }
    return index;
}

std::vector<Candidate> remainingCandidates(std::span<const float> logits, std::int32_t largest,
                                           const SamplingParameters& parameters)
{
    const Weighing weigh(logits[static_cast<std::size_t>(largest)], parameters.temperature);
    const auto k = static_cast<std::size_t>(parameters.topK);
    std::vector<Candidate> candidates =
        k > 0 && k < logits.size() ? weighTop(logits, k, weigh) : weighAll(logits, weigh);
    if (parameters.topP < 1)
        keepTopP(candidates, static_cast<double>(parameters.topP));
    if (parameters.minP > 0)
        std::erase_if(candidates, [&](const Candidate& candidate) { return candidate.weight < parameters.minP; });
    return candidates;
}

} // namespace lemma::engine
