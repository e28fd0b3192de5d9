#pragma once
// How long a generation may think and answer.

#include <chrono>
#include <cstdint>
#include <optional>

namespace lemma::engine {

enum class LoopPolicy : std::uint8_t {
    Close,    // a thought that loops is closed and answered; an answer that loops ends
    Resample, // a thought that loops is gone on with from before the loop, three times at most; then as Close
    Ignore,   // only the limits end it
};

struct GenerationLimits {
    // New tokens, thought and answer together.
    int maxTokens = 4096;
    // Of the thought, with the words and the tag that close it; none: no limit.
    std::optional<int> thinkingTokens = std::nullopt;
    // Of the model's cache; shortened to what the model was trained for.
    int contextTokens = 16384;
    // From the first token of the thought.
    std::optional<std::chrono::duration<double>> thinkingTime = std::nullopt;
    // Kept of the new tokens and of the context; none: 1024, at most a quarter.
    std::optional<int> answerReserve = std::nullopt;
    // As if the user asked for the answer after so many tokens of thought.
    std::optional<int> answerNowAfter = std::nullopt;
    LoopPolicy loops = LoopPolicy::Close;
};

} // namespace lemma::engine
