// The part of HistoryStore that keeps what several chains wrote, and how they voted.
#include "engine/history/history_store.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/utf8.h"
#include "engine/history/json_fields.h"
#include "engine/history/run_json.h"
#include "engine/history/sqlite_guard.h"
#include "engine/history/value_json.h"
#include "engine/runtime/consensus.h"

namespace lemma::engine {
namespace {

using Json = nlohmann::ordered_json;

void bindBytes(SQLite::Statement& statement, int index, const std::string& bytes)
{
    statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

MessageId addChain(SQLite::Database& database, const StoredMessage& winner, const ChainOutcome& chain)
{
    SQLite::Statement insert(
        database, "INSERT INTO message(session, parent, role, content, thought, end_reason, model, sampling, usage, "
                  "created, run, prompt, tokens, interventions) VALUES(?, ?, 'assistant', ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "?, ?)");
    insert.bind(1, winner.session);
    insert.bind(2, *winner.parent);
    insert.bind(3, utf8Sanitized(chain.text.answer));
    insert.bind(4, utf8Sanitized(chain.text.thought));
    insert.bind(5, std::string(endReasonName(chain.text.reason)));
    insert.bind(6, winner.model);
    insert.bind(7, jsonLine(samplingToJson(chain.run.sampling)));
    insert.bind(8, jsonLine(usageToJson(chain.usage)));
    insert.bind(9, winner.created.time_since_epoch().count());
    insert.bind(10, runToJson(chain.run));
    bindBytes(insert, 11, tokensToBytes(chain.run.prompt));
    bindBytes(insert, 12, tokensToBytes(chain.run.tokens));
    insert.bind(13, interventionsToLines(chain.run.interventions));
    insert.exec();
    return database.getLastInsertRowid();
}

StoredConsensus fromJson(const Json& object)
{
    StoredConsensus stored;
    readField(object, "winner", stored.winner);
    readField(object, "decidedEarly", stored.decidedEarly);
    readField(object, "tokens", stored.tokens);
    readField(object, "tokensSaved", stored.tokensSaved);
    for (const Json& chain : object.value("chains", Json::array()))
        stored.chains.push_back({field<MessageId>(chain, "message").value_or(0), field<std::string>(chain, "ballot"),
                                 field<double>(chain, "score"), field<bool>(chain, "stoppedEarly").value_or(false)});
    for (const Json& group : object.value("groups", Json::array())) {
        VoteGroup& read = stored.groups.emplace_back();
        readField(group, "answer", read.answer);
        for (const Json& chain : group.value("chains", Json::array()))
            if (chain.is_number_integer())
                read.chains.push_back(chain.get<int>());
    }
    return stored;
}

} // namespace

Json consensusToJson(const StoredConsensus& consensus)
{
    const auto optional = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
    Json chains = Json::array();
    for (const StoredChain& chain : consensus.chains)
        chains.push_back({{"message", chain.message},
                          {"ballot", optional(chain.ballot)},
                          {"score", optional(chain.score)},
                          {"stoppedEarly", chain.stoppedEarly}});
    Json groups = Json::array();
    for (const VoteGroup& group : consensus.groups)
        groups.push_back({{"answer", group.answer}, {"chains", group.chains}});
    return {{"winner", consensus.winner},  {"decidedEarly", consensus.decidedEarly},
            {"tokens", consensus.tokens},  {"tokensSaved", consensus.tokensSaved},
            {"groups", std::move(groups)}, {"chains", std::move(chains)}};
}

Result<void> HistoryStore::recordConsensus(MessageId winner, const ConsensusResult& result)
{
    return guarded("storing the chains", [&]() -> Result<void> {
        SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
        LEMMA_TRY(const StoredMessage stored, message(winner));
        LEMMA_TRY(const std::optional<StoredConsensus> known, consensus(winner));
        if (known)
            return {};
        if (stored.message.role != Role::Assistant || !stored.parent)
            return fail(ErrorCode::InvalidArgument, fmt::format("history: message {} answers no question", winner));
        StoredConsensus kept{{}, result.groups, result.winner, result.decidedEarly, result.tokens, result.tokensSaved};
        for (std::size_t i = 0; i < result.chains.size(); ++i) {
            const ChainOutcome& chain = result.chains[i];
            const bool won = static_cast<int>(i) == result.winner;
            kept.chains.push_back(
                {won ? winner : addChain(*m_database, stored, chain), chain.ballot, chain.score, chain.stoppedEarly});
        }
        SQLite::Statement update(*m_database, "UPDATE message SET consensus = ? WHERE id = ?");
        update.bind(1, jsonLine(consensusToJson(kept)));
        update.bind(2, winner);
        update.exec();
        transaction.commit();
        return {};
    });
}

Result<std::optional<StoredConsensus>> HistoryStore::consensus(MessageId answer) const
{
    return guarded("reading a vote", [&]() -> Result<std::optional<StoredConsensus>> {
        SQLite::Statement query(*m_database, "SELECT consensus FROM message WHERE id = ?");
        query.bind(1, answer);
        if (!query.executeStep())
            return fail(ErrorCode::NotFound, fmt::format("history: there is no message {}", answer));
        if (query.isColumnNull(0))
            return std::nullopt;
        const Json object = Json::parse(query.getColumn(0).getString(), nullptr, /*allow_exceptions=*/false);
        if (!object.is_object())
            return std::nullopt;
        return fromJson(object);
    });
}

} // namespace lemma::engine
