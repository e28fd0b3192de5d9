#pragma once
// How the next token is drawn from the logits.

#include <cstdint>
#include <optional>

namespace lemma::engine {

struct SamplingParameters {
    // 0 means greedy: the most likely token, the lowest id among equals. R1's authors recommend 0.6 with top-p 0.95.
    float temperature = 0.6f;
    int topK = 0;                   // keep the k most likely; 0: all
    float topP = 0.95f;             // keep the smallest set of at least this probability; 1: all
    float minP = 0.0f;              // drop tokens below this share of the most likely one's probability; 0: none
    float repetitionPenalty = 1.0f; // divides positive (multiplies negative) logits of recent tokens; 1: off
    float presencePenalty = 0.0f;   // subtracted from the logits of recent tokens
    float frequencyPenalty = 0.0f;  // subtracted once for each occurrence
    int penaltyWindow = 64;         // how many recent tokens count as recent
    std::uint64_t seed = 0;         // the same seed gives the same text
};

// What a user has set; everything else stays as recommended for the model.
struct SamplingOverrides {
    std::optional<float> temperature, topP, minP, repetitionPenalty, presencePenalty;
    std::optional<int> topK;

    SamplingParameters appliedTo(SamplingParameters parameters) const
    {
        parameters.temperature = temperature.value_or(parameters.temperature);
        parameters.topP = topP.value_or(parameters.topP);
        parameters.minP = minP.value_or(parameters.minP);
        parameters.repetitionPenalty = repetitionPenalty.value_or(parameters.repetitionPenalty);
        parameters.presencePenalty = presencePenalty.value_or(parameters.presencePenalty);
        parameters.topK = topK.value_or(parameters.topK);
        return parameters;
    }
};

} // namespace lemma::engine
