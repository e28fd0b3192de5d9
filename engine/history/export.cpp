#include "engine/history/export.h"

#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/history/value_json.h"

namespace lemma::engine {
namespace {

using Json = nlohmann::ordered_json;

Json optionalId(const std::optional<std::int64_t>& id) { return id ? Json(*id) : Json(nullptr); }

Json toJson(const Session& session)
{
    return {{"id", session.id},
            {"kind", sessionKindName(session.kind)},
            {"title", session.title},
            {"model", session.model},
            {"created", isoTime(session.created)},
            {"updated", isoTime(session.updated)},
            {"activeMessage", optionalId(session.activeMessage)}};
}

Json toJson(const StoredMessage& stored, const std::optional<StoredConsensus>& consensus, bool active)
{
    return {{"id", stored.id},
            {"parent", optionalId(stored.parent)},
            {"role", roleName(stored.message.role)},
            {"content", stored.message.content},
            {"thought", stored.message.thought},
            {"endReason", stored.endReason ? Json(endReasonName(*stored.endReason)) : Json(nullptr)},
            {"model", stored.model},
            {"sampling", stored.sampling ? samplingToJson(*stored.sampling) : Json(nullptr)},
            {"usage", stored.usage ? usageToJson(*stored.usage) : Json(nullptr)},
            {"consensus", consensus ? consensusToJson(*consensus) : Json(nullptr)},
            {"created", isoTime(stored.created)},
            {"active", active}};
}

std::string_view heading(Role role)
{
    switch (role) {
    case Role::System: return "System";
    case Role::User: return "You";
    case Role::Assistant: return "Lemma";
    }
    return "";
}

void appendMarkdown(std::string& out, const StoredMessage& stored, Thoughts thoughts)
{
    out += fmt::format("\n## {}\n\n", heading(stored.message.role));
    if (thoughts == Thoughts::Include && !stored.message.thought.empty())
        out += fmt::format("<details>\n<summary>Thought</summary>\n\n{}\n\n</details>\n\n", stored.message.thought);
    if (!stored.message.content.empty())
        out += stored.message.content + "\n";
    if (stored.endReason && *stored.endReason != EndReason::Eos && *stored.endReason != EndReason::Stop)
        out += fmt::format("\n*(not finished: {})*\n", endReasonName(*stored.endReason));
}

} // namespace

Result<std::string> exportJson(const HistoryStore& store, SessionId id)
{
    LEMMA_TRY(const Session session, store.session(id));
    LEMMA_TRY(const std::vector<StoredMessage> branch, store.activeBranch(id));
    LEMMA_TRY(const std::vector<StoredMessage> all, store.messages(id));
    std::set<MessageId> active;
    for (const StoredMessage& stored : branch)
        active.insert(stored.id);
    Json messages = Json::array();
    for (const StoredMessage& stored : all) {
        LEMMA_TRY(const std::optional<StoredConsensus> consensus, store.consensus(stored.id));
        messages.push_back(toJson(stored, consensus, active.contains(stored.id)));
    }
    const Json document = {
        {"format", "lemma-session"}, {"version", 1}, {"session", toJson(session)}, {"messages", std::move(messages)}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::string> exportMarkdown(const HistoryStore& store, SessionId id, Thoughts thoughts)
{
    LEMMA_TRY(const Session session, store.session(id));
    LEMMA_TRY(const std::vector<StoredMessage> branch, store.activeBranch(id));
    std::string out = fmt::format("# {}\n\n*{}*\n", session.title, isoTime(session.created));
    for (const StoredMessage& stored : branch)
        appendMarkdown(out, stored, thoughts);
    return out;
}

} // namespace lemma::engine
