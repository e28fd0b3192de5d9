#pragma once
// Draws the next token from the model's logits.
//
//     LEMMA_TRY(Sampler sampler, Sampler::create(parameters, parameters.seed));
//     LEMMA_TRY(const TokenId id, sampler.sample(logits));   // logits: [vocabulary]
//     sampler.accept(id);                                    // counts for the penalties from now on
//
// The steps, in this order (that of Hugging Face transformers, by which R1's recommended values were measured):
//   1. penalties change the logits of the last `penaltyWindow` accepted tokens: repetition, then frequency and
//   presence;
//   2. a temperature of 0 takes the largest logit, the lowest id among equals, and ends here; else logits are divided;
//   3. top-k keeps the k most likely tokens, the lowest ids among equals;
//   4. top-p keeps, of those, the fewest most likely ones that together have at least this share of their probability;
//   5. min-p drops tokens below this share of the most likely one's probability;
//   6. one of the rest is drawn in proportion to its probability.
// One token always remains. Tokens with less than e^-30 of the most likely one's probability are never drawn.
//
// A logit that is not a number never wins; +infinity wins against everything finite. The same seed, logits and accepted
// tokens give the same tokens. Copies are independent. One thread at a time.

#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/sampling/filters.h"
#include "engine/sampling/parameters.h"
#include "engine/sampling/random.h"

namespace lemma::engine {

struct TokenProbability {
    std::int32_t token = 0;
    double probability = 0;
};

// What a sampler must remember to go on where it was, for replay and rewinding.
struct SamplerState {
    Random::State random{};
    std::vector<std::int32_t> recent; // accepted tokens, oldest first

    friend bool operator==(const SamplerState&, const SamplerState&) = default;
};

class Sampler {
public:
    // InvalidArgument where a parameter makes no sense (a negative temperature, a top-p above 1, not a number, ...).
    static Result<Sampler> create(const SamplingParameters& parameters, std::uint64_t seed);

    // Internal where no logit is a number above -infinity: the model's output is broken.
    Result<std::int32_t> sample(std::span<const float> logits);

    // What sample() draws from: the tokens that remain after the filters, most likely first, lowest id among equals;
    // probabilities sum to 1 and are exact to float precision. Changes nothing.
    Result<std::vector<TokenProbability>> distribution(std::span<const float> logits) const;

    void accept(std::int32_t token);

    // Uses up the random number that one sample() would have drawn: with accept(), the state after a token that is
    // known already. So a sampler can be brought to any place of an earlier run.
    void skip();

    SamplerState state() const;
    void restore(const SamplerState& state);

private:
    Sampler(const SamplingParameters& parameters, std::uint64_t seed);

    bool hasPenalties() const;
    std::vector<float> penalised(std::span<const float> logits) const;
    Result<std::vector<Candidate>> candidates(std::span<const float> logits) const;

    SamplingParameters m_parameters;
    Random m_random;
    std::deque<std::int32_t> m_recent;
    std::unordered_map<std::int32_t, int> m_counts; // of m_recent
};

} // namespace lemma::engine
