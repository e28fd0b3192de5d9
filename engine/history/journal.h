#pragma once
// Carries the text of a running answer to the store while it grows, so that a crash costs at most a second of it.
//
//     Journal journal(store, answer);
//     journal.add(event);                        // the service's thread, for each event
//     LEMMA_CHECK(journal.writeIfDue());         // the store's thread, about ten times a second
//     LEMMA_CHECK(journal.finish(reason, usage));
//
// Threads: add() on one thread, everything else on the owner thread of the store. A failed write keeps the text in
// memory: the next write tries it again.

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "engine/history/history_store.h"

namespace lemma::engine {

class Journal {
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    // The oldest unwritten text is never older than this by much; the other half second is for a slow disk. What a run
    // is made of is due at once: without it nobody could go on with it.
    static constexpr std::chrono::milliseconds interval{500};

    // `store` must outlive the journal; `answer` comes from beginAnswer().
    Journal(HistoryStore& store, MessageId answer, Clock clock = {});

    void add(const Event& event); // texts are taken, other events passed over
    void add(const RunEvent& event);

    Result<void> writeIfDue();
    Result<void> write();
    Result<void> finish(EndReason reason, const std::optional<Usage>& usage);

    MessageId answer() const { return m_answer; }

private:
    struct Pending {
        std::optional<RunRecord> begun;
        AnswerPiece piece;
        std::optional<std::chrono::steady_clock::time_point> since; // when its first piece arrived
    };

    HistoryStore& m_store;
    const MessageId m_answer;
    Clock m_clock;
    std::mutex m_mutex;
    void touch();

    Pending m_pending; // guarded by m_mutex
};

} // namespace lemma::engine
