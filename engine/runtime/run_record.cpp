#include "engine/runtime/run_record.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lemma::engine {
namespace {

constexpr std::array<std::pair<InterventionCause, std::string_view>, 8> causeNames{{
    {InterventionCause::AnswerNow, "answer-now"},
    {InterventionCause::TokenBudget, "token-budget"},
    {InterventionCause::TimeBudget, "time-budget"},
    {InterventionCause::AnswerReserve, "answer-reserve"},
    {InterventionCause::Loop, "loop"},
    {InterventionCause::Edit, "edit"},
    {InterventionCause::KeepThinking, "keep-thinking"},
    {InterventionCause::ThinkIn, "think-in"},
}};

} // namespace

std::string_view interventionCauseName(InterventionCause cause)
{
    for (const auto& [value, name] : causeNames)
        if (value == cause)
            return name;
    return "edit";
}

InterventionCause interventionCauseFromName(std::string_view name)
{
    for (const auto& [value, known] : causeNames)
        if (known == name)
            return value;
    return InterventionCause::Edit;
}

void append(std::vector<TokenId>& tokens, std::vector<Intervention>& interventions, const RunEvent& event)
{
    if (const auto* written = std::get_if<RunTokens>(&event)) {
        tokens.insert(tokens.end(), written->tokens.begin(), written->tokens.end());
    } else if (const auto* intervention = std::get_if<Intervention>(&event)) {
        tokens.insert(tokens.end(), intervention->tokens.begin(), intervention->tokens.end());
        interventions.push_back(*intervention);
    }
}

std::vector<TokenId> seenTokens(const std::vector<TokenId>& tokens, const std::vector<Intervention>& interventions)
{
    std::vector<TokenId> seen;
    std::size_t read = 0;
    const auto readTo = [&](std::size_t end) {
        for (; read < std::min(end, tokens.size()); ++read)
            seen.push_back(tokens[read]);
    };
    for (const Intervention& intervention : interventions) {
        if (intervention.forgotten <= 0)
            continue;
        readTo(static_cast<std::size_t>(intervention.at));
        seen.resize(seen.size() - std::min(seen.size(), static_cast<std::size_t>(intervention.forgotten)));
    }
    readTo(tokens.size());
    return seen;
}

void apply(RunRecord& run, const RunEvent& event)
{
    if (const auto* begun = std::get_if<RunBegun>(&event))
        run = begun->run;
    else
        append(run.tokens, run.interventions, event);
}

void tellRun(const RunRecord& run, const std::function<void(const RunEvent&)>& onRun)
{
    RunRecord description = run;
    description.tokens.clear();
    description.interventions.clear();
    onRun(RunBegun{std::move(description)});
    auto at = run.tokens.begin();
    const auto tellUpTo = [&](auto end) {
        if (at < end)
            onRun(RunTokens{{at, end}});
        at = end;
    };
    for (const Intervention& intervention : run.interventions) {
        tellUpTo(run.tokens.begin() + intervention.at);
        onRun(intervention);
        at += std::ssize(intervention.tokens);
    }
    tellUpTo(run.tokens.end());
}

} // namespace lemma::engine
