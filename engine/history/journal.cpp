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
        m_pending.piece.thought += thought->text;
    else
        m_pending.piece.content += content->text;
    touch();
}

void Journal::add(const RunEvent& event)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto* begun = std::get_if<RunBegun>(&event))
        m_pending.begun = begun->run;
    else
        append(m_pending.piece.tokens, m_pending.piece.interventions, event);
    touch();
}

// The mutex is held.
void Journal::touch()
{
    if (!m_pending.since)
        m_pending.since = m_clock();
}

Result<void> Journal::writeIfDue()
{
    {
        const std::scoped_lock lock(m_mutex);
        const bool waits = !m_pending.begun && m_pending.since && m_clock() - *m_pending.since < interval;
        if (!m_pending.since || waits)
            return {};
    }
    return write();
}

Result<void> Journal::write()
{
    Pending taken;
    {
        const std::scoped_lock lock(m_mutex); // not held while the disk works: add() never waits for it
        taken = std::exchange(m_pending, {});
    }
    if (!taken.since)
        return {};
    Result<void> written;
    if (taken.begun) {
        written = m_store.recordRun(m_answer, *taken.begun);
        if (written)
            taken.begun.reset();
    }
    if (written)
        written = m_store.appendAnswer(m_answer, taken.piece);
    if (!written) {
        const std::scoped_lock lock(m_mutex);
        const AnswerPiece newer = std::exchange(m_pending, std::move(taken)).piece;
        AnswerPiece& piece = m_pending.piece;
        piece.thought += newer.thought;
        piece.content += newer.content;
        piece.tokens.insert(piece.tokens.end(), newer.tokens.begin(), newer.tokens.end());
        piece.interventions.insert(piece.interventions.end(), newer.interventions.begin(), newer.interventions.end());
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
