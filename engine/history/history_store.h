#pragma once
// All conversations, in one SQLite file: sessions, each with a tree of messages.
//
//     LEMMA_TRY(HistoryStore store, HistoryStore::open(defaultHistoryPath()));
//     LEMMA_TRY(SessionId session, store.createSession(SessionKind::Tutor, "Solve 3x + 5 = 20", modelPath));
//     LEMMA_TRY(MessageId question, store.addMessage(session, {}, {Role::User, "Solve 3x + 5 = 20", ""}));
//     LEMMA_TRY(MessageId answer, store.beginAnswer(question, modelPath, sampling));
//     LEMMA_CHECK(store.appendAnswer(answer, "a piece of thought", ""));   // by Journal, each half second
//     LEMMA_CHECK(store.finishAnswer(answer, EndReason::Eos, usage));
//
// Whatever a function reported as done is on disk (WAL, synchronous=FULL): killing the process or the power afterwards
// loses nothing. open() looks for answers whose writer died and ends them as Crash with the text that was journalled;
// answers that another process is writing are left alone. Text that is not UTF-8 is stored with U+FFFD.
//
// Threads: one owner thread for each store; several stores on one file work side by side, also in several processes.
// Errors: NotFound for an id that is not there; Io for a full or read-only disk, CorruptFile, Timeout when another
// program keeps the file locked for seconds, Unsupported for a file of a newer Lemma. A failed call has changed
// nothing.

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "engine/base/result.h"
#include "engine/history/records.h"
#include "engine/history/writer_lock.h"
#include "engine/runtime/run_record.h"

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace lemma::engine {

// What is added to an answer that grows.
struct AnswerPiece {
    std::string thought, content;
    std::vector<TokenId> tokens;
    std::vector<Intervention> interventions;
};

using WallClock = std::function<std::chrono::system_clock::time_point()>;

// $LEMMA_HISTORY, else lemma/history.sqlite in the user's data directory.
std::filesystem::path defaultHistoryPath();

class HistoryStore {
public:
    // Creates file and folders (readable by the user alone) where they are missing.
    static Result<HistoryStore> open(const std::filesystem::path& path, WallClock clock = {});

    HistoryStore(HistoryStore&&) noexcept;
    HistoryStore& operator=(HistoryStore&&) noexcept;
    ~HistoryStore();

    Result<SessionId> createSession(SessionKind kind, std::string_view title, std::string_view model);
    Result<Session> session(SessionId id) const;
    Result<std::vector<Session>> sessions() const; // the last used one first
    Result<void> renameSession(SessionId id, std::string_view title);
    Result<void> deleteSession(SessionId id); // with all its messages

    // Adds a child of `parent` (none: a root) and makes it the leaf of the active branch. A parent of another session
    // is InvalidArgument.
    Result<MessageId> addMessage(SessionId session, std::optional<MessageId> parent, const Message& message);
    Result<StoredMessage> message(MessageId id) const;

    // From the root to the active leaf: what is shown, and what the model is given.
    Result<std::vector<StoredMessage>> activeBranch(SessionId session) const;
    // The whole tree; parents come before their children, siblings in the order of their creation.
    Result<std::vector<StoredMessage>> messages(SessionId session) const;
    // Shows another branch: the one whose leaf this message is.
    Result<void> setActiveMessage(MessageId message);

    // An answer is begun, appended to while it grows, and finished once. It is the active leaf from its beginning.
    Result<MessageId> beginAnswer(MessageId question, std::string_view model,
                                  const std::optional<SamplingParameters>& sampling);
    // NotFound when the answer was deleted or has been finished.
    Result<void> appendAnswer(MessageId answer, std::string_view thought, std::string_view content);
    Result<void> appendAnswer(MessageId answer, const AnswerPiece& piece);
    Result<void> finishAnswer(MessageId answer, EndReason reason, const std::optional<Usage>& usage);

    // What the answer was made of; recorded while it is written. Tokens and interventions come with appendAnswer().
    Result<void> recordRun(MessageId answer, const RunRecord& run);
    // With all that was journalled. NotFound for an answer without one: of an older Lemma, or not made by the engine.
    Result<RunRecord> run(MessageId answer) const;

    // Several chains for one question: the winner is the answer that was begun, every other chain becomes an answer
    // beside it, whole, with its run; so all can be shown, repeated and gone on with. Done once: a second call changes
    // nothing. The active branch stays as it is.
    Result<void> recordConsensus(MessageId winner, const ConsensusResult& result);
    // None for an answer that is not the winner among several chains.
    Result<std::optional<StoredConsensus>> consensus(MessageId answer) const;

    // Answers that open() found unfinished and ended as Crash.
    const std::vector<MessageId>& recoveredAnswers() const { return m_recovered; }

    // SQLite's own check of the whole file; CorruptFile with its findings.
    Result<void> checkIntegrity() const;

private:
    HistoryStore(std::unique_ptr<SQLite::Database> database, WriterLock lock, WallClock clock);

    Result<void> recover();
    Result<void> endAnswer(MessageId answer, EndReason reason, const std::optional<Usage>& usage);
    void settleRun(MessageId answer, const RunRecord& run);
    Result<std::vector<StoredMessage>> readMessages(SQLite::Statement& query) const;
    std::int64_t now() const;

    std::unique_ptr<SQLite::Database> m_database;
    WriterLock m_lock;
    WallClock m_clock;
    std::vector<MessageId> m_recovered;
};

// A branch as the engine takes it: messages that hold text, in order. Templates drop past thoughts by themselves.
Conversation toConversation(const std::vector<StoredMessage>& branch);

} // namespace lemma::engine
