#include "engine/runtime/step_loop.h"

#include "engine/runtime/loaded_model.h"

namespace lemma::engine {

void StepLoop::add(Chain& chain, std::span<const float> logits)
{
    m_entries.push_back({&chain, m_logits.size(), logits.size()});
    m_logits.insert(m_logits.end(), logits.begin(), logits.end());
}

Result<bool> StepLoop::round()
{
    LEMMA_CHECK(step());
    std::erase_if(m_entries, [](const Entry& entry) { return entry.chain->ended(); });
    if (m_entries.empty())
        return false;
    LEMMA_CHECK(forward());
    return true;
}

Result<void> StepLoop::step()
{
    for (const Entry& entry : m_entries) {
        if (!entry.chain->ended()) // it may have been ended from outside
            LEMMA_CHECK(entry.chain->step(std::span(m_logits).subspan(entry.logits, entry.count)));
    }
    return {};
}

Result<void> StepLoop::forward()
{
    std::vector<Model::BatchItem> batch;
    for (const Entry& entry : m_entries) {
        const std::span<const TokenId> tokens = entry.chain->nextTokens();
        batch.push_back({&entry.chain->sequence(), tokens, entry.chain->wantsAllLogits()});
    }
    LEMMA_CHECK(m_model.forward(batch, m_logits));
    const auto width = static_cast<std::size_t>(m_model.model().config().vocabularySize);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const std::size_t rows = batch[i].allLogits ? batch[i].tokens.size() : 1;
        m_entries[i].logits = begin;
        m_entries[i].count = rows * width;
        begin += rows * width;
    }
    return {};
}

} // namespace lemma::engine
