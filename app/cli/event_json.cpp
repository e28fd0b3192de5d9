#include "app/cli/event_json.h"

#include <nlohmann/json.hpp>

#include "engine/history/value_json.h"

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
};

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
