#include "engine/runtime/event.h"

#include <array>
#include <utility>

namespace lemma::engine {
namespace {

constexpr std::array<std::pair<EndReason, std::string_view>, 9> endReasonNames{{
    {EndReason::Eos, "eos"},
    {EndReason::Length, "length"},
    {EndReason::Context, "context"},
    {EndReason::Stop, "stop"},
    {EndReason::Budget, "budget"},
    {EndReason::Loop, "loop"},
    {EndReason::Cancelled, "cancelled"},
    {EndReason::Error, "error"},
    {EndReason::Crash, "crash"},
}};

double perSecond(int tokens, std::chrono::duration<double> time)
{
    return time.count() > 0 ? tokens / time.count() : 0;
}

} // namespace

std::string_view endReasonName(EndReason reason)
{
    for (const auto& [value, name] : endReasonNames) {
        if (value == reason)
            return name;
    }
    return "error";
}

EndReason endReasonFromName(std::string_view name)
{
    for (const auto& [value, known] : endReasonNames) {
        if (known == name)
            return value;
    }
    return EndReason::Eos;
}

double Usage::prefillTokensPerSecond() const { return perSecond(promptTokens - reusedTokens, prefillTime); }

double Usage::decodeTokensPerSecond() const { return perSecond(thoughtTokens + answerTokens, decodeTime); }

} // namespace lemma::engine
