#include "engine/history/journal.h"

#include <utility>

namespace lemma::engine {

Journal::Journal(HistoryStore& store, MessageId answer, Clock clock)
    : m_store(store), m_answer(answer), m_clock(std::move(clock))
{
    if (!m_clock)
        m_clock = [] { return std::chrono::steady_clock::now(); };
}

void Journal::add(const Event& event)
{
    const auto* thought = std::get_if<ThoughtDelta>(&event);
    const auto* content = std::get_if<AnswerDelta>(&event);
    if (!thought && !content)
        return;
    const std::scoped_lock lock(m_mutex);
    if (thought)
        m_pending.thought += thought->text;
    else
        m_pending.content += content->text;
    if (!m_pending.since)
        m_pending.since = m_clock();
}

Result<void> Journal::writeIfDue()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_pending.since || m_clock() - *m_pending.since < interval)
            return {};
    }
    return write();
}

Result<void> Journal::write()
{
    Text text;
    {
        const std::scoped_lock lock(m_mutex); // not held while the disk works: add() never waits for it
        text = std::exchange(m_pending, {});
    }
    if (!text.since)
        return {};
    Result<void> written = m_store.appendAnswer(m_answer, text.thought, text.content);
    if (!written) {
        const std::scoped_lock lock(m_mutex);
        m_pending.thought.insert(0, text.thought);
        m_pending.content.insert(0, text.content);
        m_pending.since = text.since;
    }
    return written;
}

Result<void> Journal::finish(EndReason reason, const std::optional<Usage>& usage)
{
    const Result<void> written = write();
    if (!written && written.error().code != ErrorCode::NotFound) // deleted by the user: the store still has to let go
        return written;
    return m_store.finishAnswer(m_answer, reason, usage);
}

} // namespace lemma::engine
