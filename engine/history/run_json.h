#pragma once
// The record of a run as the history stores it. Internal to engine/history.

#include <string>
#include <string_view>
#include <vector>

#include "engine/runtime/run_record.h"

namespace lemma::engine {

// Everything but prompt, interventions and tokens, which have columns of their own. Reading passes over what it does
// not know and leaves at its default what is missing; false when it is no object at all.
std::string runToJson(const RunRecord& run);
bool runFromJson(std::string_view text, RunRecord& run);

// One line each, so that what is appended later is appended as text. Lines that cannot be read are left out.
std::string interventionsToLines(const std::vector<Intervention>& interventions);
std::vector<Intervention> interventionsFromLines(std::string_view lines);

// Four bytes a token, little-endian.
std::string tokensToBytes(const std::vector<TokenId>& tokens);
std::vector<TokenId> tokensFromBytes(std::string_view bytes);

} // namespace lemma::engine
