#include "engine/runtime/step_loop.h"

#include <algorithm>

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
    releaseEnded();
    if (m_entries.empty())
        return false;
    LEMMA_CHECK(forward());
    return true;
}

Result<void> StepLoop::step()
{
    for (const Entry& entry : m_entries) {
        // It may have been ended from outside, and it may have only begun to read again what it had written.
        if (!entry.chain->ended() && entry.count > 0)
            LEMMA_CHECK(entry.chain->step(std::span(m_logits).subspan(entry.logits, entry.count)));
    }
    return {};
}

// The room of a chain that has ended goes to those that wait.
void StepLoop::releaseEnded()
{
    bool room = false;
    for (std::vector<Entry>* entries : {&m_entries, &m_parked}) {
        for (const Entry& entry : *entries) {
            if (entry.chain->ended()) {
                m_model.prefixes().keep(entry.chain->takeSequence());
                room = true;
            }
        }
        std::erase_if(*entries, [](const Entry& entry) { return entry.chain->ended(); });
    }
    if (room) {
        m_entries.insert(m_entries.end(), m_parked.begin(), m_parked.end());
        m_parked.clear();
    }
}

Result<void> StepLoop::forward()
{
    m_batch.clear();
    for (const Entry& entry : m_entries) {
        const std::span<const TokenId> tokens = entry.chain->nextTokens();
        m_batch.push_back({&entry.chain->sequence(), tokens, entry.chain->wantsAllLogits()});
    }
    LEMMA_CHECK(forwardWhatFits());
    const auto width = static_cast<std::size_t>(m_model.model().config().vocabularySize);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const std::size_t rows = m_batch[i].allLogits ? m_batch[i].tokens.size() : 1;
        m_entries[i].logits = begin;
        m_entries[i].count = m_entries[i].chain->hasReadAll() ? rows * width : 0;
        begin += rows * width;
    }
    return {};
}

Result<void> StepLoop::forwardWhatFits()
{
    while (true) {
        auto result = m_model.forward(m_batch, m_logits);
        if (result || result.error().code != ErrorCode::OutOfMemory || m_entries.size() == 1)
            return result;
        parkYoungest();
    }
}

// The one that loses the least; of equals the one that came last.
void StepLoop::parkYoungest()
{
    std::size_t youngest = 0;
    for (std::size_t i = 1; i < m_entries.size(); ++i) {
        if (m_entries[i].chain->sequence().length() <= m_entries[youngest].chain->sequence().length())
            youngest = i;
    }
    m_entries[youngest].chain->park();
    m_entries[youngest].count = 0;
    m_parked.push_back(m_entries[youngest]);
    m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(youngest));
    m_batch.erase(m_batch.begin() + static_cast<std::ptrdiff_t>(youngest));
}

} // namespace lemma::engine
