#include "engine/runtime/model_drafter.h"

#include <algorithm>

#include "engine/runtime/loaded_model.h"
#include "engine/runtime/prompt_reading.h"

namespace lemma::engine {
ModelDrafter::ModelDrafter(LoadedModel& model, const TokenLimits& limits)
    : m_model(model), m_limits(limits), m_sequence(model.prefixes().cache().newSequence())
{
}

ModelDrafter::~ModelDrafter() = default;

bool ModelDrafter::read(std::span<const TokenId> tokens)
{
    constexpr std::size_t chunk = prefillChunk;
    for (; !tokens.empty(); tokens = tokens.subspan(std::min(chunk, tokens.size()))) {
        const Model::BatchItem item{&m_sequence, tokens.first(std::min(chunk, tokens.size())), false};
        if (!m_model.forward({&item, 1}, m_logits))
            return false;
    }
    return true;
}

std::vector<TokenId> ModelDrafter::draft(const ChainState& state)
{
    const int length = static_cast<int>(state.tokens.size());
    const int room = m_model.model().config().contextLength - length;
    const int count = std::min({m_length.wanted(), m_limits.remaining(state.written()) - 1, room});
    if (count < 1)
        return {};
    const auto known = std::ranges::mismatch(m_sequence.tokens(), state.tokens).in1 - m_sequence.tokens().begin();
    // At least the last token is read again: its logits are wanted.
    m_sequence.rewind(std::min(static_cast<int>(known), length - 1));
    std::vector<TokenId> guesses;
    if (!read(std::span(state.tokens).subspan(static_cast<std::size_t>(m_sequence.length()))))
        return guesses;
    while (true) {
        const TokenId best = static_cast<TokenId>(std::ranges::max_element(m_logits) - m_logits.begin());
        // The large model may have more rows than tokens, and an end is its own to find.
        if (best >= m_model.tokenizer().vocabularySize() || m_model.tokenizer().isEndOfGeneration(best))
            return guesses;
        guesses.push_back(best);
        if (static_cast<int>(guesses.size()) == count || !read({&best, 1}))
            return guesses;
    }
}

} // namespace lemma::engine
