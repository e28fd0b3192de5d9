#include "engine/sampling/sampler.h"

#include <cmath>

#include <fmt/format.h>

#include "engine/sampling/filters.h"

namespace lemma::engine {
namespace {

bool isWithin(float value, float low, float high) { return value >= low && value <= high; } // false for NaN

constexpr float anyFinite = 3.4e38f;

Result<> checkParameters(const SamplingParameters& p)
{
    const auto refuse = [](std::string_view name) {
        return fail(ErrorCode::InvalidArgument, fmt::format("sampling: {} is out of range", name));
    };
    if (!isWithin(p.temperature, 0, anyFinite))
        return refuse("temperature");
    if (p.topK < 0)
        return refuse("top-k");
    if (!isWithin(p.topP, 0, 1))
        return refuse("top-p");
    if (!isWithin(p.minP, 0, 1))
        return refuse("min-p");
    if (!isWithin(p.repetitionPenalty, 1e-6f, 1e6f))
        return refuse("repetition penalty");
    if (!isWithin(p.presencePenalty, -anyFinite, anyFinite))
        return refuse("presence penalty");
    if (!isWithin(p.frequencyPenalty, -anyFinite, anyFinite))
        return refuse("frequency penalty");
    if (p.penaltyWindow < 0)
        return refuse("penalty window");
    return {};
}

} // namespace

Result<Sampler> Sampler::create(const SamplingParameters& parameters, std::uint64_t seed)
{
    LEMMA_CHECK(checkParameters(parameters));
    return Sampler(parameters, seed);
}

Sampler::Sampler(const SamplingParameters& parameters, std::uint64_t seed) : m_parameters(parameters), m_random(seed) {}

bool Sampler::hasPenalties() const
{
    return !m_counts.empty() && (m_parameters.repetitionPenalty != 1 || m_parameters.frequencyPenalty != 0 ||
                                 m_parameters.presencePenalty != 0);
}

std::vector<float> Sampler::penalised(std::span<const float> logits) const
{
    std::vector<float> result(logits.begin(), logits.end());
    for (const auto& [token, count] : m_counts) {
        if (token < 0 || static_cast<std::size_t>(token) >= result.size())
            continue;
        float& logit = result[static_cast<std::size_t>(token)];
        logit = logit > 0 ? logit / m_parameters.repetitionPenalty : logit * m_parameters.repetitionPenalty;
        logit -= static_cast<float>(count) * m_parameters.frequencyPenalty + m_parameters.presencePenalty;
    }
    return result;
}

Result<std::vector<Candidate>> Sampler::candidates(std::span<const float> logits) const
{
    std::vector<float> changed;
    if (hasPenalties()) {
        changed = penalised(logits);
        logits = changed;
    }
    const std::int32_t largest = indexOfLargest(logits);
    if (largest < 0)
        return fail(ErrorCode::Internal, "sampling: the model's output holds no number");
    if (m_parameters.temperature == 0)
        return std::vector<Candidate>{{largest, 1}};
    return remainingCandidates(logits, largest, m_parameters);
}

Result<std::vector<TokenProbability>> Sampler::distribution(std::span<const float> logits) const
{
    LEMMA_TRY(std::vector<Candidate> remaining, candidates(logits));
    sortCandidates(remaining);
    const double total = totalWeight(remaining);
    std::vector<TokenProbability> result;
    for (const Candidate& candidate : remaining)
        result.push_back({candidate.token, static_cast<double>(candidate.weight) / total});
    return result;
}

Result<std::int32_t> Sampler::sample(std::span<const float> logits)
{
    LEMMA_TRY(const std::vector<Candidate> remaining, candidates(logits));
    if (m_parameters.temperature == 0)
        return remaining.front().token; // draws no number: greedy text does not depend on the seed
    double left = m_random.uniform() * totalWeight(remaining);
    for (const Candidate& candidate : remaining) {
        left -= static_cast<double>(candidate.weight);
        if (left < 0)
            return candidate.token;
    }
    return remaining.back().token; // rounding left a little
}

void Sampler::skip()
{
    if (m_parameters.temperature != 0)
        m_random.uniform();
}

void Sampler::accept(std::int32_t token)
{
    if (m_parameters.penaltyWindow == 0)
        return;
    m_recent.push_back(token);
    ++m_counts[token];
    if (m_recent.size() > static_cast<std::size_t>(m_parameters.penaltyWindow)) {
        const auto oldest = m_counts.find(m_recent.front());
        if (--oldest->second == 0)
            m_counts.erase(oldest);
        m_recent.pop_front();
    }
}

SamplerState Sampler::state() const { return {m_random.state(), {m_recent.begin(), m_recent.end()}}; }

void Sampler::restore(const SamplerState& state)
{
    m_random = Random(state.random);
    m_recent.clear();
    m_counts.clear();
    for (const std::int32_t token : state.recent)
        accept(token);
}

} // namespace lemma::engine
