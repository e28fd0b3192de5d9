#include "app/cli/event_json.h"

#include <nlohmann/json.hpp>

#include "engine/history/value_json.h"
#include "engine/runtime/consensus.h"

namespace lemma::app {
namespace {

using namespace lemma::engine;
using Json = nlohmann::ordered_json;

Json rangeJson(TokenRange range) { return Json::array({range.begin, range.end}); }

Json idJson(std::int64_t id) { return id == 0 ? Json(nullptr) : Json(id); }

Json languageJson(const ThoughtLanguage& language)
{
    return {{"code", language.language.empty() ? Json(nullptr) : Json(language.language)},
            {"script", language.script},
            {"mixed", language.mixed},
            {"others", language.others}};
}

template <class T>
Json optionalJson(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

struct ToJson {
    Json operator()(const Loading& loading) const { return {{"event", "loading"}, {"fraction", loading.fraction}}; }
    Json operator()(const Prefill& prefill) const
    {
        return {{"event", "prefill"}, {"done", prefill.done}, {"total", prefill.total}, {"reused", prefill.reused}};
    }
    Json operator()(const ThoughtDelta& delta) const
    {
        return {{"event", "thought"}, {"text", delta.text}, {"tokens", rangeJson(delta.tokens)}};
    }
    Json operator()(const ThoughtEnd& end) const { return {{"event", "thought-end"}, {"tokens", end.tokens}}; }
    Json operator()(const AnswerDelta& delta) const
    {
        return {{"event", "answer"}, {"text", delta.text}, {"tokens", rangeJson(delta.tokens)}};
    }
    Json operator()(const ChainDelta& delta) const
    {
        return {{"event", "chain"},
                {"chain", delta.chain},
                {"thought", delta.thought},
                {"text", delta.text},
                {"tokens", rangeJson(delta.tokens)}};
    }
    Json operator()(const ChainEnd& end) const
    {
        return {{"event", "chain-end"},
                {"chain", end.chain},
                {"reason", endReasonName(end.reason)},
                {"tokens", end.tokens},
                {"ballot", optionalJson(end.ballot)},
                {"group", optionalJson(end.group)},
                {"score", optionalJson(end.score)}};
    }
};

Json chainJson(const ChainOutcome& chain)
{
    return {{"seed", chain.run.sampling.seed},
            {"reason", endReasonName(chain.text.reason)},
            {"stoppedEarly", chain.stoppedEarly},
            {"thoughtTokens", chain.usage.thoughtTokens},
            {"answerTokens", chain.usage.answerTokens},
            {"ballot", optionalJson(chain.ballot)},
            {"score", optionalJson(chain.score)},
            {"thought", chain.text.thought},
            {"answer", chain.text.answer}};
}

} // namespace

std::string startedJson(const RecordedTurn& turn, const std::string& model)
{
    return jsonLine({{"event", "started"},
                     {"session", idJson(turn.session)},
                     {"question", idJson(turn.question)},
                     {"answer", idJson(turn.answer)},
                     {"model", model}});
}

std::string eventJson(const Event& event) { return jsonLine(std::visit(ToJson{}, event)); }

std::string stepJson(const tutor::Step& step, int index)
{
    return jsonLine({{"event", "step"},
                     {"index", index},
                     {"kind", stepKindName(step.kind)},
                     {"begin", step.begin},
                     {"length", step.text.size()},
                     {"tokens", rangeJson(step.tokens)}});
}

std::string consensusJson(const ConsensusResult& result)
{
    Json groups = Json::array();
    for (const VoteGroup& group : result.groups)
        groups.push_back({{"answer", group.answer}, {"chains", group.chains}});
    Json chains = Json::array();
    for (const ChainOutcome& chain : result.chains)
        chains.push_back(chainJson(chain));
    return jsonLine({{"event", "consensus"},
                     {"winner", result.winner},
                     {"votes", result.votes()},
                     {"winningVotes", result.winningVotes()},
                     {"decidedEarly", result.decidedEarly},
                     {"tokens", result.tokens},
                     {"tokensSaved", result.tokensSaved},
                     {"groups", std::move(groups)},
                     {"chains", std::move(chains)}});
}

std::string finishedJson(const Result<GenerationSummary>& result)
{
    if (!result)
        return jsonLine(
            {{"event", "error"}, {"code", errorCodeName(result.error().code)}, {"message", result.error().message}});
    return jsonLine({{"event", "finished"},
                     {"reason", endReasonName(result->reason)},
                     {"thoughtClosedByLimit", result->thoughtClosedByLimit},
                     {"language", languageJson(result->thoughtLanguage)},
                     {"usage", usageToJson(result->usage)}});
}

} // namespace lemma::app
