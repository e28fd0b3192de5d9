#pragma once
// Guesses by a smaller model of the same vocabulary: it reads what the large one has written and goes on greedily for a
// few tokens. Worth it where it is several times faster and often right. What it cannot do (its context is full, its
// memory is short) is no error: then there are no guesses.

#include <optional>
#include <vector>

#include "engine/kv_cache/kv_cache.h"
#include "engine/runtime/decode_hooks.h"
#include "engine/runtime/draft_length.h"
#include "engine/runtime/token_limits.h"

namespace lemma::engine {

class LoadedModel;

class ModelDrafter : public Drafter {
public:
    ModelDrafter(LoadedModel& model, const TokenLimits& limits);
    ~ModelDrafter() override;

    std::vector<TokenId> draft(const ChainState& state) override;
    void judged(int drafted, int accepted) override { m_length.judged(drafted, accepted); }

private:
    bool read(std::span<const TokenId> tokens); // then m_logits are of the last

    LoadedModel& m_model;
    TokenLimits m_limits;
    DraftLength m_length{8};
    Sequence m_sequence;
    std::vector<float> m_logits;
};

} // namespace lemma::engine
