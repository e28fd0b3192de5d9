#include "kernels/reference/rope_table.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lemma::kernels {

namespace {

// The pair whose wave makes `rotations` turns over the original context; fractional.
double pairWithRotations(const RopeParameters& parameters, double rotations)
{
    const double turns = parameters.originalContext / (rotations * 2.0 * std::numbers::pi);
    return parameters.dimensions * std::log(turns) / (2.0 * std::log(static_cast<double>(parameters.base)));
}

// How much of pair i is extrapolated (1: left alone) rather than interpolated (0).
double extrapolatedShare(const RopeParameters& parameters, int pair)
{
    const double low = std::max(0.0, std::floor(pairWithRotations(parameters, parameters.betaFast)));
    const double high =
        std::min(parameters.dimensions - 1.0, std::ceil(pairWithRotations(parameters, parameters.betaSlow)));
    const double ramp = std::clamp((pair - low) / std::max(0.001, high - low), 0.0, 1.0);
    return (1.0 - ramp) * static_cast<double>(parameters.extrapolationFactor);
}

// Radians per position.
double frequency(const RopeParameters& parameters, int pair)
{
    double extrapolated = std::pow(static_cast<double>(parameters.base), -2.0 * pair / parameters.dimensions);
    if (parameters.frequencyFactors != nullptr) {
        extrapolated /= static_cast<double>(parameters.frequencyFactors[pair]);
    }
    const double interpolated = extrapolated * static_cast<double>(parameters.frequencyScale);
    if (parameters.extrapolationFactor == 0.0F) {
        return interpolated;
    }
    const double share = extrapolatedShare(parameters, pair);
    return interpolated * (1.0 - share) + extrapolated * share;
}

double magnitude(const RopeParameters& parameters)
{
    const double factor = static_cast<double>(parameters.attentionFactor);
    if (parameters.extrapolationFactor == 0.0F) {
        return factor;
    }
    return factor * (1.0 + 0.1 * std::log(1.0 / static_cast<double>(parameters.frequencyScale)));
}

} // namespace

void fillRopeTable(const RopeParameters& parameters, std::int64_t firstPosition, std::int64_t count, float* cosine,
                   float* sine)
{
    const int pairs = parameters.dimensions / 2;
    const double scale = magnitude(parameters);
    for (int pair = 0; pair < pairs; ++pair) {
        const double step = frequency(parameters, pair);
        for (std::int64_t i = 0; i < count; ++i) {
            const double angle = static_cast<double>(firstPosition + i) * step;
            cosine[i * pairs + pair] = static_cast<float>(std::cos(angle) * scale);
            sine[i * pairs + pair] = static_cast<float>(std::sin(angle) * scale);
        }
    }
}

} // namespace lemma::kernels
