// The part of HistoryStore that keeps what runs were made of.
#include "engine/history/history_store.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/utf8.h"
#include "engine/history/run_json.h"
#include "engine/history/sqlite_guard.h"
#include "engine/history/value_json.h"

namespace lemma::engine {
namespace {

void bindBytes(SQLite::Statement& statement, int index, const std::string& bytes)
{
    statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

std::string columnBytes(SQLite::Statement& row, int index)
{
    const SQLite::Column column = row.getColumn(index);
    const auto* bytes = static_cast<const char*>(column.getBlob());
    return bytes ? std::string(bytes, static_cast<std::size_t>(column.getBytes())) : std::string();
}

} // namespace

Result<void> HistoryStore::recordRun(MessageId answer, const RunRecord& run)
{
    return guarded("recording a run", [&]() -> Result<void> {
        SQLite::Statement update(*m_database, "UPDATE message SET run = ?, prompt = ?, sampling = ? WHERE id = ? AND "
                                              "role = 'assistant' AND end_reason IS NULL");
        update.bind(1, runToJson(run));
        bindBytes(update, 2, tokensToBytes(run.prompt));
        update.bind(3, jsonLine(samplingToJson(run.sampling)));
        update.bind(4, answer);
        if (update.exec() == 0)
            return fail(ErrorCode::NotFound, fmt::format("history: answer {} is not being written", answer));
        return {};
    });
}

Result<void> HistoryStore::appendAnswer(MessageId answer, const AnswerPiece& piece)
{
    return guarded("journalling an answer", [&]() -> Result<void> {
        SQLite::Statement insert(*m_database,
                                 "INSERT INTO journal(message, thought, content, tokens, interventions) "
                                 "SELECT id, ?, ?, ?, ? "
                                 "FROM message WHERE id = ? AND role = 'assistant' AND end_reason IS NULL");
        insert.bind(1, utf8Sanitized(piece.thought));
        insert.bind(2, utf8Sanitized(piece.content));
        bindBytes(insert, 3, tokensToBytes(piece.tokens));
        insert.bind(4, interventionsToLines(piece.interventions));
        insert.bind(5, answer);
        if (insert.exec() == 0)
            return fail(ErrorCode::NotFound, fmt::format("history: answer {} is not being written", answer));
        return {};
    });
}

Result<RunRecord> HistoryStore::run(MessageId answer) const
{
    return guarded("reading a run", [&]() -> Result<RunRecord> {
        SQLite::Statement query(*m_database, "SELECT run, prompt, tokens, interventions FROM message WHERE id = ?");
        query.bind(1, answer);
        if (!query.executeStep())
            return fail(ErrorCode::NotFound, fmt::format("history: there is no message {}", answer));
        RunRecord run;
        if (query.isColumnNull(0) || !runFromJson(query.getColumn(0).getString(), run))
            return fail(ErrorCode::NotFound,
                        fmt::format("history: message {} has no record of how it was made", answer));
        run.prompt = tokensFromBytes(columnBytes(query, 1));
        std::string tokens = columnBytes(query, 2);
        std::string lines = query.getColumn(3).getString();
        SQLite::Statement journal(*m_database,
                                  "SELECT tokens, interventions FROM journal WHERE message = ? ORDER BY id");
        journal.bind(1, answer);
        while (journal.executeStep()) {
            tokens += columnBytes(journal, 0);
            lines += journal.getColumn(1).getString();
        }
        run.tokens = tokensFromBytes(tokens);
        run.interventions = interventionsFromLines(lines);
        return run;
    });
}

// In the transaction that ends the answer: what the journal holds of its run becomes part of the message.
void HistoryStore::settleRun(MessageId answer, const RunRecord& run)
{
    SQLite::Statement update(*m_database, "UPDATE message SET tokens = ?, interventions = ? WHERE id = ?");
    bindBytes(update, 1, tokensToBytes(run.tokens));
    update.bind(2, interventionsToLines(run.interventions));
    update.bind(3, answer);
    update.exec();
}

} // namespace lemma::engine
