// The part of HistoryStore that deals with messages and with answers that grow.
#include "engine/history/history_store.h"

#include <algorithm>
#include <unordered_map>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include "engine/base/utf8.h"
#include "engine/history/sqlite_guard.h"
#include "engine/history/value_json.h"

#include <nlohmann/json.hpp>

namespace lemma::engine {
namespace {

constexpr std::string_view messageColumns =
    "SELECT id, session, parent, role, content, thought, end_reason, model, sampling, usage, created FROM message ";

StoredMessage readMessage(SQLite::Statement& row)
{
    StoredMessage stored;
    stored.id = row.getColumn(0).getInt64();
    stored.session = row.getColumn(1).getInt64();
    if (!row.isColumnNull(2))
        stored.parent = row.getColumn(2).getInt64();
    stored.message.role = roleFromName(row.getColumn(3).getString()).value_or(Role::User);
    stored.message.content = row.getColumn(4).getString();
    stored.message.thought = row.getColumn(5).getString();
    if (!row.isColumnNull(6))
        stored.endReason = endReasonFromName(row.getColumn(6).getString());
    stored.model = row.getColumn(7).getString();
    stored.sampling = samplingFromJson(row.getColumn(8).getString());
    stored.usage = usageFromJson(row.getColumn(9).getString());
    stored.created = Timestamp(std::chrono::milliseconds(row.getColumn(10).getInt64()));
    return stored;
}

// Adds what the journal holds of a running answer.
void addJournal(SQLite::Database& database, StoredMessage& stored)
{
    SQLite::Statement query(database, "SELECT thought, content FROM journal WHERE message = ? ORDER BY id");
    query.bind(1, stored.id);
    while (query.executeStep()) {
        stored.message.thought += query.getColumn(0).getString();
        stored.message.content += query.getColumn(1).getString();
    }
}

void bindOptional(SQLite::Statement& statement, int index, const std::optional<std::int64_t>& value)
{
    if (value)
        statement.bind(index, *value);
    else
        statement.bind(index);
}

void touchSession(SQLite::Database& database, SessionId session, MessageId leaf, std::int64_t time)
{
    SQLite::Statement update(database, "UPDATE session SET active_message = ?, updated = ? WHERE id = ?");
    update.bind(1, leaf);
    update.bind(2, time);
    update.bind(3, session);
    update.exec();
}

} // namespace

Result<std::vector<StoredMessage>> HistoryStore::readMessages(SQLite::Statement& query) const
{
    std::vector<StoredMessage> messages;
    while (query.executeStep())
        messages.push_back(readMessage(query));
    for (StoredMessage& stored : messages)
        if (stored.message.role == Role::Assistant && !stored.endReason)
            addJournal(*m_database, stored);
    return messages;
}

Result<StoredMessage> HistoryStore::message(MessageId id) const
{
    return guarded("reading a message", [&]() -> Result<StoredMessage> {
        SQLite::Statement query(*m_database, fmt::format("{} WHERE id = ?", messageColumns));
        query.bind(1, id);
        LEMMA_TRY(std::vector<StoredMessage> found, readMessages(query));
        if (found.empty())
            return fail(ErrorCode::NotFound, fmt::format("history: there is no message {}", id));
        return std::move(found.front());
    });
}

Result<std::vector<StoredMessage>> HistoryStore::messages(SessionId session) const
{
    LEMMA_CHECK(this->session(session));
    return guarded("reading a session", [&]() -> Result<std::vector<StoredMessage>> {
        SQLite::Statement query(*m_database, fmt::format("{} WHERE session = ? ORDER BY id", messageColumns));
        query.bind(1, session);
        return readMessages(query);
    });
}

Result<std::vector<StoredMessage>> HistoryStore::activeBranch(SessionId session) const
{
    LEMMA_TRY(const Session owner, this->session(session));
    LEMMA_TRY(std::vector<StoredMessage> all, messages(session));
    std::unordered_map<MessageId, std::size_t> positions;
    for (std::size_t i = 0; i < all.size(); ++i)
        positions.emplace(all[i].id, i);
    std::vector<StoredMessage> branch;
    std::optional<MessageId> next = owner.activeMessage;
    while (next && branch.size() <= all.size()) { // a damaged file may hold a cycle
        const auto found = positions.find(*next);
        if (found == positions.end())
            break;
        next = all[found->second].parent;
        branch.push_back(all[found->second]);
    }
    std::reverse(branch.begin(), branch.end());
    return branch;
}

Result<void> HistoryStore::setActiveMessage(MessageId id)
{
    LEMMA_TRY(const StoredMessage stored, message(id));
    return guarded("changing the branch", [&]() -> Result<void> {
        SQLite::Statement update(*m_database, "UPDATE session SET active_message = ? WHERE id = ?");
        update.bind(1, id);
        update.bind(2, stored.session);
        update.exec();
        return {};
    });
}

Result<MessageId> HistoryStore::addMessage(SessionId session, std::optional<MessageId> parent, const Message& message)
{
    LEMMA_CHECK(this->session(session));
    if (parent) {
        LEMMA_TRY(const StoredMessage stored, this->message(*parent));
        if (stored.session != session)
            return fail(ErrorCode::InvalidArgument, "history: the parent belongs to another session");
    }
    return guarded("storing a message", [&]() -> Result<MessageId> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement insert(*m_database,
                                 "INSERT INTO message(session, parent, role, content, thought, end_reason, created) "
                                 "VALUES(?, ?, ?, ?, ?, ?, ?)");
        insert.bind(1, session);
        bindOptional(insert, 2, parent);
        insert.bind(3, std::string(roleName(message.role)));
        insert.bind(4, utf8Sanitized(message.content));
        insert.bind(5, utf8Sanitized(message.thought));
        if (message.role == Role::Assistant) // imported whole: nothing is being written
            insert.bind(6, std::string(endReasonName(EndReason::Eos)));
        insert.bind(7, now());
        insert.exec();
        const MessageId id = m_database->getLastInsertRowid();
        touchSession(*m_database, session, id, now());
        transaction.commit();
        return id;
    });
}

Result<MessageId> HistoryStore::beginAnswer(MessageId question, std::string_view model,
                                            const std::optional<SamplingParameters>& sampling)
{
    LEMMA_TRY(const StoredMessage parent, message(question));
    MessageId held = 0;
    Result<MessageId> begun = guarded("beginning an answer", [&]() -> Result<MessageId> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement insert(*m_database, "INSERT INTO message(session, parent, role, content, model, sampling, "
                                              "created) VALUES(?, ?, 'assistant', '', ?, ?, ?)");
        insert.bind(1, parent.session);
        insert.bind(2, question);
        insert.bind(3, std::string(model));
        if (sampling)
            insert.bind(4, jsonLine(samplingToJson(*sampling)));
        insert.bind(5, now());
        insert.exec();
        const MessageId id = m_database->getLastInsertRowid();
        touchSession(*m_database, parent.session, id, now());
        SQLite::Statement remember(*m_database, "UPDATE session SET model = ? WHERE id = ?");
        remember.bind(1, std::string(model));
        remember.bind(2, parent.session);
        remember.exec();
        // Before the commit: from the moment that others can see the row, they can see that it is alive.
        LEMMA_CHECK(m_lock.hold(id));
        held = id;
        transaction.commit();
        return id;
    });
    if (!begun && held != 0)
        m_lock.release(held); // the number will be given to another answer
    return begun;
}

Result<void> HistoryStore::appendAnswer(MessageId answer, std::string_view thought, std::string_view content)
{
    return appendAnswer(answer, AnswerPiece{std::string(thought), std::string(content), {}, {}});
}

Result<void> HistoryStore::finishAnswer(MessageId answer, EndReason reason, const std::optional<Usage>& usage)
{
    Result<void> ended = endAnswer(answer, reason, usage);
    if (ended || ended.error().code == ErrorCode::NotFound) // finished, or deleted meanwhile
        m_lock.release(answer);
    return ended;
}

Result<void> HistoryStore::endAnswer(MessageId answer, EndReason reason, const std::optional<Usage>& usage)
{
    return guarded("finishing an answer", [&]() -> Result<void> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        LEMMA_TRY(const StoredMessage stored, message(answer)); // with what the journal holds
        if (stored.message.role != Role::Assistant || stored.endReason)
            return fail(ErrorCode::NotFound, fmt::format("history: answer {} is not being written", answer));
        SQLite::Statement update(*m_database,
                                 "UPDATE message SET thought = ?, content = ?, end_reason = ?, usage = ? WHERE id = ?");
        update.bind(1, stored.message.thought);
        update.bind(2, stored.message.content);
        update.bind(3, std::string(endReasonName(reason)));
        if (usage)
            update.bind(4, jsonLine(usageToJson(*usage)));
        update.bind(5, answer);
        update.exec();
        if (const Result<RunRecord> run = this->run(answer))
            settleRun(answer, *run);
        SQLite::Statement clear(*m_database, "DELETE FROM journal WHERE message = ?");
        clear.bind(1, answer);
        clear.exec();
        SQLite::Statement touch(*m_database, "UPDATE session SET updated = ? WHERE id = ?");
        touch.bind(1, now());
        touch.bind(2, stored.session);
        touch.exec();
        transaction.commit();
        return {};
    });
}

Result<void> HistoryStore::recover()
{
    std::vector<MessageId> unfinished;
    LEMMA_CHECK(guarded("looking for unfinished answers", [&]() -> Result<void> {
        SQLite::Statement query(*m_database,
                                "SELECT id FROM message WHERE role = 'assistant' AND end_reason IS NULL ORDER BY id");
        while (query.executeStep())
            unfinished.push_back(query.getColumn(0).getInt64());
        return {};
    }));
    for (const MessageId id : unfinished) {
        if (m_lock.heldElsewhere(id))
            continue;
        const Result<void> ended = endAnswer(id, EndReason::Crash, std::nullopt);
        if (!ended && ended.error().code == ErrorCode::NotFound)
            continue; // its writer finished it, or another process recovered it, since the query
        LEMMA_CHECK(ended);
        m_recovered.push_back(id);
    }
    return {};
}

Conversation toConversation(const std::vector<StoredMessage>& branch)
{
    Conversation conversation;
    for (const StoredMessage& stored : branch)
        if (!stored.message.content.empty())
            conversation.push_back(stored.message);
    return conversation;
}

} // namespace lemma::engine
